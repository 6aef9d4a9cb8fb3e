using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Senders;

public sealed class ClientAssertionTests : IDisposable
{
    private static readonly Uri TokenAddress = new("http://localhost:5080/api/v1/token");
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 3, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("senders-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_names_the_sender_twice_and_the_token_address_and_lives_no_longer_than_five_minutes()
    {
        var claims = Claims(ClientAssertion.Create(City(), TokenAddress, Now));

        claims.GetProperty("iss").GetString().ShouldBe("sakura-city");
        claims.GetProperty("sub").GetString().ShouldBe("sakura-city");
        claims.GetProperty("aud").GetString().ShouldBe("http://localhost:5080/api/v1/token");
        claims.GetProperty("iat").GetInt64().ShouldBe(Now.ToUnixTimeSeconds());
        (claims.GetProperty("exp").GetInt64() - Now.ToUnixTimeSeconds()).ShouldBeInRange(1, 300);
    }

    [Fact]
    public void No_two_carry_the_same_identifier() =>
        (Identifier() == Identifier()).ShouldBeFalse();

    [Fact]
    public void The_key_of_a_later_start_verifies_it()
    {
        var parts = ClientAssertion.Create(City(), TokenAddress, Now).Split('.');

        parts.Length.ShouldBe(3);
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).ShouldBe("""{"alg":"ES256","typ":"JWT"}""");
        City().Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    private SandboxSender City() => SandboxSender.All(new DataFolder(folder))[0];

    private string Identifier() => Claims(ClientAssertion.Create(City(), TokenAddress, Now)).GetProperty("jti").GetString()!;

    private static JsonElement Claims(string assertion) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(assertion.Split('.')[1]));
}
