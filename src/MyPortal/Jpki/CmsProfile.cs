using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>A CMS that has the one form we accept. Nothing about it is proven yet.</summary>
/// <param name="Content">What is signed.</param>
/// <param name="Signer">The signer, as the framework reads it.</param>
/// <param name="Certificate">The signer's certificate; the owner disposes it.</param>
/// <param name="Form">The same certificate, read by us.</param>
internal sealed record ConformingCms(byte[] Content, SignerInfo Signer, X509Certificate2 Certificate, CertificateForm Form);

/// <summary>
/// Lets through only the one form of CMS SignedData (RFC 5652) that our card agent makes. The framework's check accepts far more:
/// trailing bytes, SHA-1, missing signed attributes, lengths in many encodings, keys of any size and cost.
/// </summary>
internal static class CmsProfile
{
    public const int LongestCms = 16 * 1024;

    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";

    /// <summary>Steps 1 and 3.</summary>
    public static Result<ConformingCms> Open(byte[] bytes)
    {
        // Step 1: size, DER at every node, nothing behind.
        if (bytes.Length > LongestCms)
        {
            return JpkiErrors.TooLong;
        }

        try
        {
            var form = CmsForm.Read(bytes);
            return form.IsRefused ? form.Error : Open(bytes, form.Value);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return JpkiErrors.NotDer;
        }
    }

    // Step 3: the gate.
    private static Result<ConformingCms> Open(byte[] bytes, CmsForm cms)
    {
        var certificate = CertificateForm.Read(cms.Certificate);
        if (certificate.IsRefused)
        {
            return certificate.Error;
        }

        // Of the signer only names are said; they are compared byte by byte, not as text.
        if (!cms.Issuer.Span.SequenceEqual(certificate.Value.Issuer.Span) || !cms.Serial.Span.SequenceEqual(certificate.Value.Serial.Span))
        {
            return JpkiErrors.NotOneCertificate;
        }

        var key = certificate.Value.Key;
        if (!key.IsRsa2048 && !key.IsP384)
        {
            return JpkiErrors.WrongKey;
        }

        var isKnownAlgorithm = key.IsRsa2048
            ? cms is { DigestAlgorithm: Sha256, SignatureAlgorithm: Rsa or RsaWithSha256 }
            : cms is { DigestAlgorithm: Sha384, SignatureAlgorithm: EcdsaWithSha384 };
        if (!isKnownAlgorithm)
        {
            return JpkiErrors.WrongAlgorithm;
        }

        // An ECDSA signature is two numbers in DER: written in another way it would be a second signature for the same thing.
        if (key.IsP384)
        {
            Der.ThrowIfNotDer(cms.Signature);
        }

        return SignedAttributes.AreExpected(cms.Attributes, key.IsRsa2048 ? SHA256.HashSizeInBytes : SHA384.HashSizeInBytes)
            ? Decode(bytes, certificate.Value)
            : JpkiErrors.WrongSignedAttributes;
    }

    private static Result<ConformingCms> Decode(byte[] bytes, CertificateForm form)
    {
        var cms = new SignedCms();
        cms.Decode(bytes);

        // Each look at SignerInfos, Certificates or a new SignerInfo loads the certificate anew; this one is kept and used to the end.
        var signer = cms.SignerInfos[0];
        return signer.Certificate is { } certificate ? new ConformingCms(cms.ContentInfo.Content, signer, certificate, form) : JpkiErrors.NotOneCertificate;
    }
}
