using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.Hub;

namespace MyPortal.Hub;

/// <summary>Seals and opens between requester and holder (docs/hub-protocol.md sections 4 and 5): ECDH P-256, HKDF-SHA-256, AES-256-GCM.</summary>
internal static class LinkageSeal
{
    private const int TagLength = 16;
    private const int NonceLength = 12;
    private const string P256 = "1.2.840.10045.3.1.7";
    private static readonly int[] SizeClasses = [1024, 4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    /// <summary>The content of a sealed answer.</summary>
    /// <exception cref="CryptographicException">It was sealed for another request or key, or changed on the way.</exception>
    public static byte[] OpenAnswer(SealedAnswer sealedAnswer, byte[] core, ECDiffieHellman ephemeral)
    {
        if (sealedAnswer.Algorithm is not SealedAnswer.CurrentAlgorithm || sealedAnswer.Nonce.Length is not NonceLength || sealedAnswer.Ciphertext.Length < TagLength + sizeof(int))
        {
            throw new CryptographicException("The sealed answer has another form.");
        }

        var coreHash = SHA256.HashData(core);
        var key = DeriveKey(ephemeral, sealedAnswer.HolderKey, coreHash, "MYP-SEAL/1 answer");
        var associated = new SignatureInput().Raw(coreHash).Text(sealedAnswer.Algorithm).Field(sealedAnswer.HolderKey).ToArray();
        var padded = new byte[sealedAnswer.Ciphertext.Length - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(sealedAnswer.Nonce, sealedAnswer.Ciphertext.AsSpan(..^TagLength), sealedAnswer.Ciphertext.AsSpan(^TagLength..), padded, associated);
        CryptographicOperations.ZeroMemory(key);
        return Unpad(padded);
    }

    /// <summary>Splits a content into the answer's exact bytes and the holder's signature.</summary>
    /// <exception cref="CryptographicException">The content has another form.</exception>
    public static (byte[] Answer, byte[] Signature) Split(byte[] content)
    {
        var rest = content.AsSpan();
        var answer = TakeField(ref rest);
        var signature = TakeField(ref rest);
        return rest.IsEmpty ? (answer, signature) : throw new CryptographicException("The content of the answer has another form.");
    }

    /// <summary>The subject tag of a request, sealed to the holder's static key.</summary>
    public static byte[] SealSubject(byte[] subjectTag, Guid requestId, string holder, byte[] holderSealingKey, byte[] nonce)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return SealSubject(subjectTag, requestId, holder, holderSealingKey, nonce, ephemeral);
    }

    internal static byte[] SealSubject(byte[] subjectTag, Guid requestId, string holder, byte[] holderSealingKey, byte[] nonce, ECDiffieHellman ephemeral)
    {
        var id = requestId.ToByteArray(bigEndian: true);
        var bound = new SignatureInput().Raw(id).Text(holder).ToArray();
        var tag = HMACSHA256.HashData(subjectTag, bound);
        var key = DeriveKey(ephemeral, holderSealingKey, id, "MYP-SEAL/1 subject");
        var ciphertext = new byte[tag.Length];
        var authentication = new byte[TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, tag, ciphertext, authentication, bound);
        CryptographicOperations.ZeroMemory(key);
        return new SignatureInput().Field(ephemeral.PublicKey.ExportSubjectPublicKeyInfo()).Raw(nonce).Raw(ciphertext).Raw(authentication).ToArray();
    }

    /// <summary>Whether the holder spoke of the person whose subject tag this is.</summary>
    public static bool ProvesSubject(byte[] subjectTag, byte[] core, byte[] proof) =>
        CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(subjectTag, SHA256.HashData(core)), proof);

    // The size must be the smallest that fits and the rest zero: whatever else stood there would travel unseen by everybody.
    private static byte[] Unpad(byte[] padded)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(padded);
        var isRight = length >= 0 && length <= padded.Length - sizeof(int)
            && padded.Length == Array.Find(SizeClasses, size => size >= sizeof(int) + length)
            && !padded.AsSpan(sizeof(int) + length).ContainsAnyExcept((byte)0);
        return isRight ? padded.AsSpan(sizeof(int), length).ToArray() : throw new CryptographicException("The padding of the sealed answer is wrong.");
    }

    private static byte[] DeriveKey(ECDiffieHellman own, byte[] otherPublicKey, byte[] salt, string label)
    {
        using var other = ECDiffieHellman.Create();
        other.ImportSubjectPublicKeyInfo(otherPublicKey, out var read);
        if (read != otherPublicKey.Length || other.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value is not P256)
        {
            throw new CryptographicException("The other key is not on P-256.");
        }

        var secret = own.DeriveRawSecretAgreement(other.PublicKey);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt, Encoding.UTF8.GetBytes(label));
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    private static byte[] TakeField(ref Span<byte> rest)
    {
        if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(rest) is var length && (length < 0 || length > rest.Length - sizeof(int)))
        {
            throw new CryptographicException("A field of the answer is cut off.");
        }

        var field = rest.Slice(sizeof(int), length).ToArray();
        rest = rest[(sizeof(int) + length)..];
        return field;
    }
}
