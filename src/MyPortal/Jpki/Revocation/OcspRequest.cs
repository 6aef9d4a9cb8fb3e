using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MyPortal.Jpki.Revocation;

/// <summary>The identifier under which a responder knows a certificate (CertID, RFC 6960 section 4.1.1).</summary>
internal sealed record OcspCertificateId(HashAlgorithmName Hash, byte[] IssuerNameHash, byte[] IssuerKeyHash, byte[] Serial)
{
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    public static OcspCertificateId Of(VerifiedCertificate certificate, HashAlgorithmName hash)
    {
        var root = certificate.Root.Certificate;

        // The key hash covers the content of the BIT STRING, not the whole SubjectPublicKeyInfo.
        return new OcspCertificateId(
            hash,
            CryptographicOperations.HashData(hash, root.SubjectName.RawData),
            CryptographicOperations.HashData(hash, root.PublicKey.EncodedKeyValue.RawData),
            certificate.SerialBytes);
    }

    public void WriteTo(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Hash == HashAlgorithmName.SHA1 ? Sha1Oid : Sha256Oid);
                writer.WriteNull();
            }

            writer.WriteOctetString(IssuerNameHash);
            writer.WriteOctetString(IssuerKeyHash);
            writer.WriteInteger(Serial);
        }
    }

    /// <summary>Whether an answer speaks of this certificate.</summary>
    public bool Matches(AsnReader certificateId)
    {
        var isRight = string.Equals(Der.ReadPlainAlgorithm(certificateId), Hash == HashAlgorithmName.SHA1 ? Sha1Oid : Sha256Oid, StringComparison.Ordinal)
            && certificateId.ReadOctetString().AsSpan().SequenceEqual(IssuerNameHash)
            && certificateId.ReadOctetString().AsSpan().SequenceEqual(IssuerKeyHash)
            && certificateId.ReadIntegerBytes().Span.SequenceEqual(Serial);
        return isRight && !certificateId.HasData;
    }
}

internal static class OcspRequest
{
    public const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>OCSPRequest (RFC 6960 section 4.1.1) for one certificate, with a nonce.</summary>
    public static byte[] Write(OcspCertificateId certificateId, byte[] nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                certificateId.WriteTo(writer);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(NonceOid);
                using (writer.PushOctetString())
                {
                    writer.WriteOctetString(nonce);
                }
            }
        }

        return writer.Encode();
    }
}
