using System.Buffers.Binary;
using System.Security.Cryptography;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>
/// Seals and opens values under one key with AES-256-GCM (NIST SP 800-38D). Sealed bytes are
/// <c>algorithm (1) ‖ key version (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>. One key may serve many requests at once.
/// </summary>
internal sealed class SealingKey(byte[] key, int version, RandomSource random) : IDisposable
{
    private const byte AesGcm256 = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + sizeof(int);
    private bool isWiped;

    public byte[] Seal(ReadOnlySpan<byte> plain, AssociatedData place)
    {
        var bytes = new byte[HeaderLength + NonceLength + plain.Length + TagLength];
        bytes[0] = AesGcm256;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), version);
        var nonce = bytes.AsSpan(HeaderLength, NonceLength);
        random.Fill(nonce);
        using var cipher = Cipher();
        cipher.Encrypt(nonce, plain, bytes.AsSpan(HeaderLength + NonceLength, plain.Length), bytes.AsSpan(^TagLength), place.ToAssociatedData(AesGcm256, version));
        return bytes;
    }

    /// <summary>Opens what was sealed under this key at the same place.</summary>
    /// <exception cref="CryptographicException">The value was changed, moved from another place, or sealed under another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> bytes, AssociatedData place)
    {
        if (bytes.Length < HeaderLength + NonceLength + TagLength || bytes[0] is not AesGcm256 || BinaryPrimitives.ReadInt32BigEndian(bytes[1..]) != version)
        {
            throw new CryptographicException("The sealed value has another form, algorithm or key version.");
        }

        var body = bytes[(HeaderLength + NonceLength)..^TagLength];
        var plain = new byte[body.Length];
        using var cipher = Cipher();
        cipher.Decrypt(bytes.Slice(HeaderLength, NonceLength), body, bytes[^TagLength..], plain, place.ToAssociatedData(AesGcm256, version));
        return plain;
    }

    public void Dispose()
    {
        isWiped = true;
        CryptographicOperations.ZeroMemory(key);
    }

    // A cipher keeps state between its calls: shared by two threads it mixes up their values, and a value sealed so is lost.
    private AesGcm Cipher()
    {
        ObjectDisposedException.ThrowIf(isWiped, this);
        return new AesGcm(key, TagLength);
    }
}
