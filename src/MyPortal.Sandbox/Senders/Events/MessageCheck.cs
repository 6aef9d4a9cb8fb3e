using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders.Events;

/// <summary>What arrived: everything the signature speaks of.</summary>
/// <param name="Address">The receiver's own registered address, never what the request claims; signed with its host in A-labels.</param>
/// <param name="ContentType">Header <c>Content-Type</c>.</param>
/// <param name="Digest">Header <c>Content-Digest</c>.</param>
/// <param name="IdempotencyKey">Header <c>Idempotency-Key</c>.</param>
/// <param name="Input">Header <c>Signature-Input</c>.</param>
/// <param name="Signature">Header <c>Signature</c>.</param>
/// <param name="Body">The exact bytes.</param>
internal sealed record ArrivedMessage(Uri Address, string ContentType, string Digest, string IdempotencyKey, string Input, string Signature, byte[] Body)
{
    public static ArrivedMessage From(Uri address, IHeaderDictionary headers, byte[] body) => new(
        address, headers.ContentType.ToString(), headers["Content-Digest"].ToString(), headers["Idempotency-Key"].ToString(),
        headers["Signature-Input"].ToString(), headers["Signature"].ToString(), body);
}

/// <summary>
/// Checks a message of the portal as docs/sender-api.md says and RFC 9421 section 3.2 orders. Written from the text, without the
/// portal's code, as any sender would.
/// </summary>
internal static partial class MessageCheck
{
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(5);

    /// <summary>The key that the message names; null when the header has another form.</summary>
    public static string? KeyOf(ArrivedMessage message) => Input().Match(message.Input) is { Success: true } input ? input.Groups["keyid"].Value : null;

    /// <summary>What is wrong with the message; null when it is the portal's, for this address, fresh and whole.</summary>
    public static string? FaultIn(ArrivedMessage message, IReadOnlyList<MessageKeyEntry> keys, DateTimeOffset now)
    {
        var input = Input().Match(message.Input);
        if (!input.Success) return "the signature covers something else";
        var made = DateTimeOffset.FromUnixTimeSeconds(long.Parse(input.Groups["created"].Value, CultureInfo.InvariantCulture));
        if ((now - made).Duration() > MostAge) return "too old";
        if (message.Digest != $"sha-256=:{Convert.ToBase64String(SHA256.HashData(message.Body))}:") return "another body";
        if (Signature().Match(message.Signature) is not { Success: true } signature) return "no signature";
        if (keys.FirstOrDefault(k => k.Kid == input.Groups["keyid"].Value) is not { } entry) return "unknown key";

        var signed = string.Join('\n',
            "\"@method\": POST",
            $"\"@target-uri\": {new UriBuilder(message.Address) { Host = message.Address.IdnHost }.Uri.AbsoluteUri}",
            $"\"content-type\": {message.ContentType}",
            $"\"content-digest\": {message.Digest}",
            $"\"idempotency-key\": {message.IdempotencyKey}",
            $"\"@signature-params\": {input.Groups["params"].Value}");
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(entry.X), Y = Base64Url.DecodeFromChars(entry.Y) },
        });
        return key.VerifyData(Encoding.ASCII.GetBytes(signed), Convert.FromBase64String(signature.Groups["value"].Value), HashAlgorithmName.SHA256) ? null : "bad signature";
    }

    [GeneratedRegex("""\Amyportal=(?<params>\("@method" "@target-uri" "content-type" "content-digest" "idempotency-key"\);created=(?<created>\d{1,11});keyid="(?<keyid>[A-Za-z0-9_-]{43})";alg="ecdsa-p256-sha256";tag="myportal")\z""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex(@"\Amyportal=:(?<value>[A-Za-z0-9+/]{86}==):\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signature();
}
