using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;

namespace MyPortal.Sandbox.Senders;

/// <summary>A statement that a sender signs with its registered key: a JWS in compact form (RFC 7515, ES256).</summary>
internal static class SignedStatement
{
    public static string Create<T>(SandboxSender sender, string type, T claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = type });
        var signed = Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, ContractJson.Options));
        return signed + "." + Base64Url.EncodeToString(sender.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }
}
