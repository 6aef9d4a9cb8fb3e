using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Senders;

/// <summary>The signed statement with which a sender asks for a token (<c>private_key_jwt</c>, RFC 7523, ES256).</summary>
internal static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    public static string Create(SandboxSender sender, Uri tokenAddress, DateTimeOffset now)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "JWT" });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = sender.Id,
            sub = sender.Id,
            aud = tokenAddress.AbsoluteUri,
            jti = Base64Url.EncodeToString(RandomSource.Bytes(16)),
            iat = now.ToUnixTimeSeconds(),
            exp = (now + Life).ToUnixTimeSeconds(),
        });
        var signed = Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(claims);
        var signature = sender.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return signed + "." + Base64Url.EncodeToString(signature);
    }
}
