using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>The headers of a message between participants, and the bytes that are signed with them (docs/hub-protocol.md section 2).</summary>
/// <param name="Sender">Who speaks.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Key">Lower-case hex SHA-256 of the sender's signing certificate.</param>
/// <param name="Time">Instant as text.</param>
/// <param name="Nonce">16 random bytes, base64url; a reply repeats that of its request.</param>
internal sealed record MessageHead(string Sender, string Receiver, string Key, string Time, string Nonce)
{
    public const string SenderHeader = "MYP-Sender";
    public const string ReceiverHeader = "MYP-Receiver";
    public const string KeyHeader = "MYP-Key";
    public const string TimeHeader = "MYP-Time";
    public const string NonceHeader = "MYP-Nonce";
    public const string SignatureHeader = "MYP-Signature";
    public const string ErrorAtHeader = "MYP-Error-At";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>Null without both certificates' names, key, time or a nonce of 16 bytes.</summary>
    public static MessageHead? Read(Func<string, string?> header)
    {
        if (header(SenderHeader) is not { Length: > 0 } sender || header(ReceiverHeader) is not { Length: > 0 } receiver) return null;
        if (header(KeyHeader) is not { Length: 64 } key || header(TimeHeader) is not { } time || HubTime.Read(time) is null) return null;
        return header(NonceHeader) is { } nonce && IsNonce(nonce) ? new MessageHead(sender, receiver, key, time, nonce) : null;
    }

    public static string FreshNonce() => Base64Url.EncodeToString(RandomSource.Bytes(16));

    public bool IsTimely(TimeProvider clock) => HubTime.Read(Time) is { } at && (clock.GetUtcNow() - at).Duration() <= Tolerance;

    public byte[] RequestBytes(string method, string path, byte[] body) =>
    [
        .. LengthPrefixed.Of("MYP-HUB/1 request"), .. LengthPrefixed.Of(Sender), .. LengthPrefixed.Of(Receiver), .. LengthPrefixed.Of(Key),
        .. LengthPrefixed.Of(method), .. LengthPrefixed.Of(path),
        .. LengthPrefixed.Of(Time), .. LengthPrefixed.Of(Nonce), .. LengthPrefixed.Of(SHA256.HashData(body)),
    ];

    public byte[] ReplyBytes(int status, byte[] body) =>
    [
        .. LengthPrefixed.Of("MYP-HUB/1 reply"), .. LengthPrefixed.Of(Sender), .. LengthPrefixed.Of(Receiver), .. LengthPrefixed.Of(Key),
        .. LengthPrefixed.Of(status.ToString("D3", CultureInfo.InvariantCulture)),
        .. LengthPrefixed.Of(Time), .. LengthPrefixed.Of(Nonce), .. LengthPrefixed.Of(SHA256.HashData(body)),
    ];

    public IEnumerable<(string Name, string Value)> Headers(byte[] signature) =>
    [
        (SenderHeader, Sender), (ReceiverHeader, Receiver), (KeyHeader, Key), (TimeHeader, Time), (NonceHeader, Nonce), (SignatureHeader, Convert.ToBase64String(signature)),
    ];

    private static bool IsNonce(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return text.Length is 22 && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written is 16;
    }
}
