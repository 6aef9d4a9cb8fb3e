using System.Security.Cryptography;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Holders;

/// <summary>Signs, pads and seals an answer so that only the requester of this one attempt can read it (docs/hub-protocol.md section 4).</summary>
internal static class AnswerSeal
{
    private const int TagLength = 16;
    private static readonly int[] SizeClasses = [1024, 4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    public static byte[] SignedBytes(byte[] coreHash, byte[] requesterKey, byte[] holderKey, DateTimeOffset producedAt, byte[] answer) =>
    [
        .. LengthPrefixed.Of("MYP-HUB/1 answer"), .. coreHash, .. LengthPrefixed.Of(requesterKey), .. LengthPrefixed.Of(holderKey),
        .. LengthPrefixed.Of(HubTime.Write(producedAt)), .. SHA256.HashData(answer),
    ];

    public static byte[] Content(byte[] answer, byte[] signature) => [.. LengthPrefixed.Of(answer), .. LengthPrefixed.Of(signature)];

    /// <summary>Length, content and zeros up to the smallest size class, so that the size says little.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The content is longer than the largest class.</exception>
    public static byte[] Pad(byte[] content)
    {
        var prefixed = LengthPrefixed.Of(content);
        var size = Array.Find(SizeClasses, c => c >= prefixed.Length);
        ArgumentOutOfRangeException.ThrowIfZero(size, nameof(content));
        Array.Resize(ref prefixed, size);
        return prefixed;
    }

    public static SealedAnswer Seal(byte[] coreHash, ECDiffieHellman requester, ECDiffieHellman ephemeral, byte[] nonce, byte[] padded)
    {
        var holderKey = ephemeral.ExportSubjectPublicKeyInfo();
        var ciphertext = new byte[padded.Length + TagLength];
        using var gcm = new AesGcm(KeyOf(ephemeral.DeriveRawSecretAgreement(requester.PublicKey), coreHash), TagLength);
        gcm.Encrypt(nonce, padded, ciphertext.AsSpan(0, padded.Length), ciphertext.AsSpan(padded.Length), AssociatedData(coreHash, holderKey));
        return new SealedAnswer(SealedAnswer.CurrentAlgorithm, holderKey, nonce, ciphertext);
    }

    public static byte[] KeyOf(byte[] z, byte[] coreHash) => HKDF.DeriveKey(HashAlgorithmName.SHA256, z, 32, coreHash, "MYP-SEAL/1 answer"u8.ToArray());

    public static byte[] AssociatedData(byte[] coreHash, byte[] holderKey) =>
        [.. coreHash, .. LengthPrefixed.Of(SealedAnswer.CurrentAlgorithm), .. LengthPrefixed.Of(holderKey)];
}
