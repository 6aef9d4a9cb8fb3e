using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyPortal.Hub;

/// <summary>Builds the bytes that are signed or bound (docs/hub-protocol.md): each field with its big-endian u32 length in front.</summary>
internal sealed class SignatureInput
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public SignatureInput Text(string field) => Field(Encoding.UTF8.GetBytes(field));

    public SignatureInput Field(ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        bytes.Write(length);
        return Raw(field);
    }

    public SignatureInput Raw(ReadOnlySpan<byte> field)
    {
        bytes.Write(field);
        return this;
    }

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    /// <summary>Section 2: what the headers of a request sign.</summary>
    public static byte[] OfRequest(HubHeaders headers, string method, string path, byte[] body) => new SignatureInput()
        .Text("MYP-HUB/1 request").Text(headers.Sender).Text(headers.Receiver).Text(headers.Key).Text(method).Text(path).Text(headers.Time).Text(headers.Nonce)
        .Field(SHA256.HashData(body)).ToArray();

    /// <summary>Section 2: what the headers of a reply sign.</summary>
    public static byte[] OfReply(HubHeaders headers, int status, byte[] body) => new SignatureInput()
        .Text("MYP-HUB/1 reply").Text(headers.Sender).Text(headers.Receiver).Text(headers.Key)
        .Text(status.ToString("D3", CultureInfo.InvariantCulture)).Text(headers.Time).Text(headers.Nonce)
        .Field(SHA256.HashData(body)).ToArray();

    /// <summary>Section 3: what the requester signs of a core.</summary>
    public static byte[] OfCore(byte[] core) => new SignatureInput().Text("MYP-HUB/1 core").Field(core).ToArray();

    /// <summary>What the hub signs of a publication.</summary>
    public static byte[] OfPublication(byte[] content) => new SignatureInput().Text("MYP-HUB/1 publication").Field(content).ToArray();

    /// <summary>Section 4: what the holder signs of an answer.</summary>
    public static byte[] OfAnswer(byte[] core, byte[] requesterKey, byte[] holderKey, string producedAt, byte[] answer) => new SignatureInput()
        .Text("MYP-HUB/1 answer").Raw(SHA256.HashData(core)).Field(requesterKey).Field(holderKey).Text(producedAt).Raw(SHA256.HashData(answer)).ToArray();
}

/// <summary>The signed headers of a message.</summary>
internal sealed record HubHeaders(string Sender, string Receiver, string Key, string Time, string Nonce)
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>How instants are written wherever they are signed.</summary>
    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads that one spelling; null for any other.</summary>
    public static DateTimeOffset? ReadTimeOrNull(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
