using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Jpki.Revocation;

/// <summary>Whether an answer is signed by the issuer itself or by a responder it named for that (RFC 6960 section 4.2.2.2).</summary>
internal static class OcspSigners
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    private const byte DigitalSignature = 0x80;

    /// <summary>More certificates than any responder sends along; each costs a look.</summary>
    private const int MostCertificates = 8;

    /// <exception cref="AsnContentException">A certificate that came along is none.</exception>
    /// <exception cref="CryptographicException">A key cannot be read.</exception>
    public static bool AreTrusted(OcspResponse response, X509Certificate2 root, DateTimeOffset now)
    {
        if (response.Responder.Names(root) && IsSignedBy(response, root))
        {
            return true;
        }

        // The delegate may stand anywhere among the certificates: who it is, is said by the answer and not by the order.
        return response.Certificates.Take(MostCertificates).Any(certificate => IsSignedByDelegate(response, certificate, root, now));
    }

    private static bool IsSignedByDelegate(OcspResponse response, ReadOnlyMemory<byte> certificate, X509Certificate2 root, DateTimeOffset now)
    {
        using var signer = X509CertificateLoader.LoadCertificate(certificate.Span);
        return response.Responder.Names(signer) && MayAnswer(certificate) && IsIssuedBy(root, signer, now) && IsSignedBy(response, signer);
    }

    // Explicitly named for it: a certificate without any extended key usage passes the chain's policy check, but is no delegate. The
    // issuer must also say that a delegate needs no revocation check of its own (section 4.2.2.2.1), because we make none.
    private static bool MayAnswer(ReadOnlyMemory<byte> certificate)
    {
        var read = CertificateForm.Read(certificate);
        return !read.IsRefused
            && read.Value.Key.IsStrong
            && LeafProfile.ExtendedUsagesIn(read.Value)?.Contains(OcspSigning, StringComparer.Ordinal) is true
            && (LeafProfile.KeyUsageIn(read.Value) ?? DigitalSignature) is var usage && (usage & DigitalSignature) is not 0
            && LeafProfile.IsAuthority(read.Value) is null
            && read.Value.Extensions.ContainsKey(OcspNoCheck);
    }

    private static bool IsIssuedBy(X509Certificate2 root, X509Certificate2 signer, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(OcspSigning));
        return chain.Build(signer) && chain.ChainElements.Count is 2;
    }

    private static bool IsSignedBy(OcspResponse response, X509Certificate2 signer) =>
        CertificateSignature.IsBy(response.Signature.Algorithm, response.Signature.Signed.Span, response.Signature.Bytes, signer);
}
