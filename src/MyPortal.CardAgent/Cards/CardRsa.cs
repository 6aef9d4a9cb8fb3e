using System.Formats.Asn1;
using System.Security.Cryptography;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Cards;

/// <summary>An RSA key inside the card, in the shape the platform's CMS code takes as a signer. PKCS#1 v1.5 only.</summary>
internal sealed class CardRsa(JpkiCard card, CertificateKind kind, RSA publicKey) : RSA
{
    public override int KeySize => publicKey.KeySize;

    public override RSAParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The key cannot leave the card.")
        : publicKey.ExportParameters(includePrivateParameters: false);

    public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        if (padding != RSASignaturePadding.Pkcs1) throw new CryptographicException("The card pads as PKCS#1 v1.5.");
        return card.Sign(kind, DigestInfo(hash, hashAlgorithm));
    }

    // The CMS code calls this overload; the one of the base class would look for SignHash only in some versions.
    public override bool TrySignHash(ReadOnlySpan<byte> hash, Span<byte> destination, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding, out int bytesWritten)
    {
        var signature = SignHash(hash.ToArray(), hashAlgorithm, padding);
        bytesWritten = signature.Length;
        return signature.AsSpan().TryCopyTo(destination);
    }

    // RFC 8017, 9.2: DigestInfo ::= SEQUENCE { SEQUENCE { algorithm, NULL }, OCTET STRING }
    private static byte[] DigestInfo(byte[] hash, HashAlgorithmName hashAlgorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CryptoConfig.MapNameToOID(hashAlgorithm.Name!)!);
                writer.WriteNull();
            }

            writer.WriteOctetString(hash);
        }

        return writer.Encode();
    }
}
