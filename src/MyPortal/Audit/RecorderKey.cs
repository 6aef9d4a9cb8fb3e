using System.Buffers.Binary;
using System.Security.Cryptography;
using MyPortal.Certificates;

namespace MyPortal.Audit;

/// <summary>The key under which the recorder signs the ends of the chain.</summary>
internal sealed class RecorderKey(KeyFolder keys) : IDisposable
{
    // Read when it is first used: this is made before the keys of a first start are.
    private readonly Lazy<ECDsa> file = new(() => keys.SigningKey("recorder"));

    // The sealer signs while an auditor verifies, and the framework promises nothing about two at once.
    private readonly Lock gate = new();

    /// <summary>SHA-256 of the public half (SubjectPublicKeyInfo, DER); tells keys apart without showing them.</summary>
    public byte[] Thumbprint
    {
        get
        {
            lock (gate)
            {
                return field ??= SHA256.HashData(file.Value.ExportSubjectPublicKeyInfo());
            }
        }
    }

    /// <summary>Signs the end of the chain.</summary>
    public AuditSeal Seal(long sequence, DateTimeOffset at, byte[] hash)
    {
        lock (gate)
        {
            return AuditSeal.Of(sequence, at, hash, file.Value.SignData(SignedBytes(sequence, at, hash), HashAlgorithmName.SHA256), Thumbprint);
        }
    }

    /// <summary>Whether a seal was made with this key and says what was signed.</summary>
    public bool Verifies(AuditSeal seal)
    {
        lock (gate)
        {
            return !IsForeign(seal) && file.Value.VerifyData(SignedBytes(seal.Sequence, seal.At, seal.Hash), seal.Signature, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Whether a seal names another key as its own.</summary>
    public bool IsForeign(AuditSeal seal) => seal.KeyThumbprint is { } named && !named.AsSpan().SequenceEqual(Thumbprint);

    public void Dispose()
    {
        if (file.IsValueCreated)
        {
            file.Value.Dispose();
        }
    }

    internal static byte[] SignedBytes(long sequence, DateTimeOffset at, byte[] hash)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], at.ToUnixTimeMilliseconds());
        return [.. "MYP-ACCESS-SEAL/1"u8, .. numbers, .. hash];
    }
}
