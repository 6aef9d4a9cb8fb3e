using System.Net;
using System.Net.Http.Json;
using System.Text;
using MyPortal.Contracts;
using MyPortal.Contracts.Linkage;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Linkage;
using MyPortal.Sandbox.Tests.CertificateAuthority;

namespace MyPortal.Sandbox.Tests.Linkage;

public sealed class LinkageApiTests(AuthorityFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hanako", "hanako", CertificatePairResult.SamePerson)]
    [InlineData("hanako", "taro", CertificatePairResult.DifferentPeople)]
    public async Task Two_certificates_are_compared_by_their_holder(string authenticationHolder, string signatureHolder, CertificatePairResult expected)
    {
        using var authentication = fixture.Authentication(authenticationHolder);
        using var signature = fixture.Signature(signatureHolder);

        (await AskAsync(Reference(authentication), Reference(signature))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_serial_of_the_other_kind_or_generation_is_unknown()
    {
        using var authentication = fixture.Authentication();
        using var signature = fixture.Signature();

        (await AskAsync(Reference(signature), Reference(authentication))).ShouldBe(CertificatePairResult.Unknown);
        (await AskAsync(Reference(authentication) with { Serial = "01" }, Reference(signature))).ShouldBe(CertificatePairResult.Unknown);
    }

    [Fact]
    public async Task A_body_that_is_no_question_is_refused()
    {
        await using var server = await SmallServer.StartAsync(app => app.MapLinkage(fixture.Authority));
        using var client = new HttpClient();
        using var body = new StringContent("""{"authentication":1}""", Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(server.Address + "/v1/pairs", body, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static CertificateReference Reference(IssuedLeaf leaf) => new(leaf.Root.IssuerKey, leaf.Serial);

    private async Task<CertificatePairResult> AskAsync(CertificateReference authentication, CertificateReference signature)
    {
        await using var server = await SmallServer.StartAsync(app => app.MapLinkage(fixture.Authority));
        using var client = new HttpClient();
        using var answer = await client.PostAsJsonAsync(server.Address + "/v1/pairs", new CertificatePairQuestion(authentication, signature), ContractJson.Options, Token);
        return (await answer.Content.ReadFromJsonAsync<CertificatePairAnswer>(ContractJson.Options, Token))!.Result;
    }
}
