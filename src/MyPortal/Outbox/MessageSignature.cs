using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyPortal.Outbox;

/// <summary>
/// Signs a message as HTTP Message Signatures (RFC 9421) say, always over the same five components, so that a receiver can rebuild the
/// signed text from a pattern. docs/sender-api.md shows how it is checked.
/// </summary>
internal static class MessageSignature
{
    public const string ContentType = "application/cloudevents+json";

    /// <summary>The headers that prove origin, target, time and body.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> HeadersFor(Guid messageId, Uri address, byte[] body, MessageKey key, DateTimeOffset now)
    {
        // RFC 9530: the digest covers the exact bytes of the body.
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var idempotencyKey = $"\"{messageId:D}\"";
        var created = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var parameters = $"""("@method" "@target-uri" "content-type" "content-digest" "idempotency-key");created={created};keyid="{key.Id}";alg="ecdsa-p256-sha256";tag="myportal" """.TrimEnd();

        // RFC 9421 section 2.5: one component a line, in the order of the parameters, which are themselves the last line.
        var signed = $"""
            "@method": POST
            "@target-uri": {OutboundAddress.OnTheWire(address).AbsoluteUri}
            "content-type": {ContentType}
            "content-digest": {digest}
            "idempotency-key": {idempotencyKey}
            "@signature-params": {parameters}
            """.ReplaceLineEndings("\n");
        return
        [
            new("Idempotency-Key", idempotencyKey),
            new("Content-Digest", digest),
            new("Signature-Input", $"myportal={parameters}"),
            new("Signature", $"myportal=:{Convert.ToBase64String(key.Sign(Encoding.ASCII.GetBytes(signed)))}:"),
        ];
    }
}
