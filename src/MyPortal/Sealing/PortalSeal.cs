using System.Security.Cryptography;
using System.Text;
using MyPortal.Certificates;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>
/// What the portal keeps under its own keys: short-lived secrets that have no owner yet, what operators write, and look-up hashes. The pepper is apart from
/// the key-encryption key, so that losing one does not lose the other.
/// </summary>
internal sealed class PortalSeal(KeyFolder keys, RandomSource random) : IDisposable
{
    // Read when they are first used: this is made before the keys of a first start are.
    private readonly Lazy<SealingKey> seal = new(() => new SealingKey(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Secret("key-encryption"), 32, info: "myportal portal seal"u8.ToArray()),
        DataKey.CurrentVersion,
        random));

    private readonly Lazy<byte[]> pepper = new(() => keys.Secret("pepper"));

    public byte[] Seal(ReadOnlySpan<byte> plain, SealedPlace place) => seal.Value.Seal(plain, place);

    /// <summary>Opens what was sealed at the same place.</summary>
    /// <exception cref="CryptographicException">The value was changed or moved.</exception>
    public byte[] Open(ReadOnlySpan<byte> bytes, SealedPlace place) => seal.Value.Open(bytes, place);

    /// <summary>
    /// HMAC-SHA-256 under the pepper. The domain keeps hashes of different kinds apart: equal values in two domains never give
    /// equal hashes, so tables cannot be joined on them.
    /// </summary>
    public byte[] KeyedHash(string domain, ReadOnlySpan<byte> value) => HMACSHA256.HashData((ReadOnlySpan<byte>)pepper.Value, [.. Encoding.UTF8.GetBytes(domain), 0, .. value]);

    public void Dispose()
    {
        if (seal.IsValueCreated)
        {
            seal.Value.Dispose();
        }
    }
}
