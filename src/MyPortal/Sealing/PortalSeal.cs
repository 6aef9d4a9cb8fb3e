using System.Security.Cryptography;
using System.Text;
using MyPortal.Certificates;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>
/// What the portal keeps under its own keys: short-lived secrets that have no owner yet, what operators write, and look-up hashes. The pepper is apart from
/// the key-encryption key, so that losing one does not lose the other.
/// </summary>
/// <remarks>
/// AES-GCM with random nonces allows 2^32 values under one key (NIST SP 800-38D section 8.3), and these values never end. So each is
/// sealed under a key of its own, derived with a random salt of 128 bits: <c>2 ‖ salt (16) ‖ sealed value</c>. Two values share a key
/// only if they share a salt, of which even among 2^48 values there is a chance of 2^-33, and then they still have nonces of their own.
/// </remarks>
internal sealed class PortalSeal(KeyFolder keys, RandomSource random) : IDisposable
{
    private const byte OwnKey = 2;
    private const int SaltLength = 16;
    private static readonly byte[] Info = "myportal portal seal 2"u8.ToArray();

    // Read when they are first used: this is made before the keys of a first start are.
    private readonly Lazy<byte[]> keyEncryptionKey = new(() => keys.Secret("key-encryption"));

    /// <summary>Opens what was sealed before every value had a key of its own.</summary>
    private readonly Lazy<SealingKey> former = new(() => new SealingKey(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Secret("key-encryption"), 32, info: "myportal portal seal"u8.ToArray()),
        DataKey.CurrentVersion,
        random));

    private readonly Lazy<byte[]> pepper = new(() => keys.Secret("pepper"));

    public byte[] Seal(ReadOnlySpan<byte> plain, AssociatedData place)
    {
        var salt = random.Bytes(SaltLength);
        using var key = KeyOf(salt);
        return [OwnKey, .. salt, .. key.Seal(plain, place)];
    }

    /// <summary>Opens what was sealed at the same place.</summary>
    /// <exception cref="CryptographicException">The value was changed or moved.</exception>
    public byte[] Open(ReadOnlySpan<byte> bytes, AssociatedData place)
    {
        if (bytes.Length <= 1 + SaltLength || bytes[0] is not OwnKey)
        {
            return former.Value.Open(bytes, place);
        }

        using var key = KeyOf(bytes.Slice(1, SaltLength).ToArray());
        return key.Open(bytes[(1 + SaltLength)..], place);
    }

    /// <summary>
    /// HMAC-SHA-256 under the pepper. The domain keeps hashes of different kinds apart: equal values in two domains never give
    /// equal hashes, so tables cannot be joined on them.
    /// </summary>
    public byte[] KeyedHash(string domain, ReadOnlySpan<byte> value) => HMACSHA256.HashData((ReadOnlySpan<byte>)pepper.Value, [.. Encoding.UTF8.GetBytes(domain), 0, .. value]);

    public void Dispose()
    {
        if (former.IsValueCreated)
        {
            former.Value.Dispose();
        }

        if (keyEncryptionKey.IsValueCreated)
        {
            CryptographicOperations.ZeroMemory(keyEncryptionKey.Value);
        }
    }

    private SealingKey KeyOf(byte[] salt) => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, keyEncryptionKey.Value, 32, salt, Info), DataKey.CurrentVersion, random);
}
