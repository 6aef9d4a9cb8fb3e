using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyPortal.Tests.Data;

/// <summary>
/// The form of sealed values, written down a second time. It must not call the portal's own code: what is stored outlives that code.
/// </summary>
internal static class StoredSeal
{
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private static readonly byte[] AlgorithmAndVersion = [1, 0, 0, 0, 1];

    public static byte[] UnderKey(byte[] key, ReadOnlySpan<byte> plain, params string[] place)
    {
        var (nonce, body, tag) = (RandomNumberGenerator.GetBytes(NonceLength), new byte[plain.Length], new byte[TagLength]);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, body, tag, Binding(place));
        return [.. AlgorithmAndVersion, .. nonce, .. body, .. tag];
    }

    public static byte[] UnderKey(byte[] key, string plain, params string[] place) => UnderKey(key, Encoding.UTF8.GetBytes(plain), place);

    /// <summary>Under the portal's own seal, with a key of its own.</summary>
    public static byte[] OfPortal(byte[] keyEncryptionKey, string plain, params string[] place)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return [2, .. salt, .. UnderKey(HKDF.DeriveKey(HashAlgorithmName.SHA256, keyEncryptionKey, 32, salt, "myportal portal seal 2"u8.ToArray()), plain, place)];
    }

    /// <summary>Under the portal's own seal as it was before every value had a key of its own.</summary>
    public static byte[] OfPortalFormerly(byte[] keyEncryptionKey, string plain, params string[] place) =>
        UnderKey(HKDF.DeriveKey(HashAlgorithmName.SHA256, keyEncryptionKey, 32, info: "myportal portal seal"u8.ToArray()), plain, place);

    /// <summary>Opens what <see cref="UnderKey(byte[], ReadOnlySpan{byte}, string[])"/> makes.</summary>
    /// <exception cref="CryptographicException">It was sealed otherwise.</exception>
    public static byte[] Open(byte[] key, byte[] bytes, params string[] place)
    {
        bytes[..AlgorithmAndVersion.Length].ShouldBe(AlgorithmAndVersion);
        var body = bytes[(AlgorithmAndVersion.Length + NonceLength)..^TagLength];
        var plain = new byte[body.Length];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(bytes.AsSpan(AlgorithmAndVersion.Length, NonceLength), body, bytes.AsSpan(bytes.Length - TagLength), plain, Binding(place));
        return plain;
    }

    public static byte[] KeyedHash(byte[] pepper, string domain, byte[] value) => HMACSHA256.HashData((ReadOnlySpan<byte>)pepper, [.. Encoding.UTF8.GetBytes(domain), 0, .. value]);

    private static byte[] Binding(string[] place) => [.. AlgorithmAndVersion, .. place.SelectMany(field => Prefixed(Encoding.UTF8.GetBytes(field)))];

    private static byte[] Prefixed(byte[] text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        return [.. length, .. text];
    }
}
