using System.Globalization;
using System.Security.Cryptography;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Whether two parties speak of the same person, without an attribute travelling (docs/hub-protocol.md section 5).</summary>
internal static class SubjectCheck
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary><c>A</c>: what both ends know of the person.</summary>
    public static byte[] Subject(DateOnly birthDate, int sex) => Subject(
        birthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        sex.ToString(CultureInfo.InvariantCulture));

    public static byte[] Subject(string birthDate, string sex) =>
        SHA256.HashData([.. LengthPrefixed.Of("MYP-SUBJ/1"), .. LengthPrefixed.Of(birthDate), .. LengthPrefixed.Of(sex)]);

    /// <summary>What the requester sends, sealed.</summary>
    public static byte[] Tag(byte[] subject, Guid requestId, string holder) => HMACSHA256.HashData(subject, AssociatedData(requestId, holder));

    /// <summary>What the holder answers, inside the seal.</summary>
    public static byte[] Proof(byte[] subject, byte[] coreHash) => HMACSHA256.HashData(subject, coreHash);

    /// <summary>Opens a tag that was sealed to a holder; null when it was not, or not for this request.</summary>
    public static byte[]? OpenTag(byte[] sealedTag, Guid requestId, string holder, ECDiffieHellman sealing)
    {
        ReadOnlySpan<byte> rest = sealedTag;
        if (!LengthPrefixed.TryTake(ref rest, out var ephemeral) || rest.Length is not NonceLength + 32 + TagLength) return null;
        using var key = EllipticKey.ReadOrNull(ephemeral);
        if (key is null) return null;

        using var gcm = new AesGcm(KeyOf(sealing.DeriveRawSecretAgreement(key.PublicKey), requestId), TagLength);
        var tag = new byte[32];
        try
        {
            gcm.Decrypt(rest[..NonceLength], rest[NonceLength..^TagLength], rest[^TagLength..], tag, AssociatedData(requestId, holder));
            return tag;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static byte[] KeyOf(byte[] z, Guid requestId) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, z, 32, requestId.ToByteArray(bigEndian: true), "MYP-SEAL/1 subject"u8.ToArray());

    public static byte[] AssociatedData(Guid requestId, string holder) => [.. requestId.ToByteArray(bigEndian: true), .. LengthPrefixed.Of(holder)];
}
