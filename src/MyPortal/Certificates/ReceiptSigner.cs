using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Kernel;

namespace MyPortal.Certificates;

/// <summary>
/// Signs receipts: CMS SignedData (RFC 5652), detached, ECDSA P-256 with SHA-256. The key has a
/// self-signed certificate, which is published, so that a receipt can be verified without the portal.
/// </summary>
internal sealed class ReceiptSigner(KeyFolder keys, RandomSource random, PortalSite site, TimeProvider clock)
{
    public const string KeyName = "receipt";
    private const int YearsValid = 20;

    /// <summary>The certificate, DER.</summary>
    public byte[] Certificate => keys.Read(KeyName + ".cer");

    /// <summary>The certificate as a file for whoever verifies.</summary>
    public string CertificatePem => PemEncoding.WriteString("CERTIFICATE", Certificate);

    /// <summary>SHA-256 of the certificate, lower-case hex; stands in every receipt.</summary>
    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(Certificate));

    public byte[] Sign(byte[] content)
    {
        // Not kept: a key object must not serve two requests at once.
        using var key = keys.SigningKey(KeyName);
        using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, key)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(clock.GetUtcNow().UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>Makes the certificate of the key; once in the life of an installation.</summary>
    public byte[] MakeCertificate()
    {
        using var key = keys.SigningKey(KeyName);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName($"MyPortal receipts {site.Origin.Host}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        var now = clock.Now();
        var serial = random.Bytes(16);
        serial[0] &= 0x7F;
        using var made = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now, now.AddYears(YearsValid), serial);
        return made.RawData;
    }
}
