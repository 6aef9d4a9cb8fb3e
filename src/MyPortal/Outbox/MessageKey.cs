using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Certificates;

namespace MyPortal.Outbox;

/// <summary>
/// The key that signs every message to another party: ECDSA P-256, the file <c>message.p8</c>. Messages are signed when they are sent,
/// so a replaced key signs everything from the next start on, whatever waited.
/// </summary>
internal sealed class MessageKey : IDisposable
{
    private readonly Lock turn = new();
    private readonly ECDsa key;

    public MessageKey(KeyFolder keys)
    {
        key = keys.SigningKey("message");
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));

        // RFC 7638 section 3: required members in the order of their names, no spaces.
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    /// <summary>Thumbprint of the public key (RFC 7638).</summary>
    public string Id { get; }

    public string X { get; }

    public string Y { get; }

    /// <summary>Signs with ECDSA and SHA-256; the two numbers of the signature one behind the other, 64 bytes.</summary>
    public byte[] Sign(byte[] bytes)
    {
        // One key object must not serve two threads at once.
        lock (turn)
        {
            return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => key.Dispose();
}
