using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MyPortal.Tests.Documents;

/// <summary>The example of docs/sender-api.md, word for word, so that what senders copy is what was tried.</summary>
internal static class SignatureExample
{
    // Example
    internal static bool IsFromPortal(IHeaderDictionary headers, byte[] body, string registeredAddress, ECDsa portalKey)
    {
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var input = headers["Signature-Input"].ToString()["myportal=".Length..];
        var signed = string.Join('\n',
            "\"@method\": POST",
            $"\"@target-uri\": {registeredAddress}",
            $"\"content-type\": {headers.ContentType}",
            $"\"content-digest\": {digest}",
            $"\"idempotency-key\": {headers["Idempotency-Key"]}",
            $"\"@signature-params\": {input}");
        var signature = Convert.FromBase64String(headers["Signature"].ToString()["myportal=:".Length..^1]);
        return headers["Content-Digest"] == digest && portalKey.VerifyData(Encoding.ASCII.GetBytes(signed), signature, HashAlgorithmName.SHA256);
    }

    // End
}
