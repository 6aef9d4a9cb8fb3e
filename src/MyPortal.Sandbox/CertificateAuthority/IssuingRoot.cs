using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>One generation of one self-signed authority. It issues leaves directly; there is nothing between.</summary>
internal sealed class IssuingRoot
{
    private readonly RSA signingKey;
    private readonly Lazy<X509Certificate2> ocspDelegate;

    private IssuingRoot(CertificateKind kind, int generation, string ocspAddress, X509Certificate2 certificate, RSA key, DataFolder folder)
    {
        (Kind, Generation, OcspAddress, Certificate, signingKey) = (kind, generation, ocspAddress, certificate, key);
        Name = NameOf(kind, generation);
        IssuerKey = Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        ocspDelegate = new Lazy<X509Certificate2>(() => LoadOrMakeDelegate(folder));
    }

    public CertificateKind Kind { get; }

    /// <summary>1 expired, 2 older, 3 current.</summary>
    public int Generation { get; }

    /// <summary>For example <c>authentication-3</c>.</summary>
    public string Name { get; }

    /// <summary>Where revocation is asked; also written into the leaves.</summary>
    public string OcspAddress { get; }

    /// <summary>Without its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, lower-case hex: how the linkage service names this root.</summary>
    public string IssuerKey { get; }

    /// <summary>Signs OCSP answers; made on first use, because a key takes its time.</summary>
    public X509Certificate2 OcspDelegate => ocspDelegate.Value;

    public static IssuingRoot LoadOrMake(CertificateKind kind, int generation, string ocspAddress, DataFolder folder, DateTimeOffset now)
    {
        var name = NameOf(kind, generation);
        var stored = folder.ReadOrNull(name + ".pem");
        var key = RSA.Create(2048);
        if (stored is not null)
        {
            key.ImportFromPem(folder.ReadOrNull(name + ".key"));
            return new IssuingRoot(kind, generation, ocspAddress, X509Certificate2.CreateFromPem(stored), key, folder);
        }

        var certificate = SelfSign(kind, generation, key, now);
        folder.Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
        folder.Write(name + ".pem", certificate.ExportCertificatePem());
        return new IssuingRoot(kind, generation, ocspAddress, certificate, key, folder);
    }

    public X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter, byte[] serial)
    {
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(signingKey, RSASignaturePadding.Pkcs1), notBefore, notAfter, serial);
    }

    private static string NameOf(CertificateKind kind, int generation) => $"{kind}-{generation}".ToLowerInvariant();

    /// <summary>The real generations overlap: ten years each, the first over, the second in use beside the third.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) ValidityOf(int generation, DateTimeOffset now) => generation switch
    {
        1 => (now.AddYears(-11), now.AddYears(-1)),
        2 => (now.AddYears(-7), now.AddYears(3)),
        _ => (now.AddYears(-3), now.AddYears(7)),
    };

    private static X509Certificate2 SelfSign(CertificateKind kind, int generation, RSA key, DateTimeOffset now)
    {
        var name = CertificateNames.Issuer(kind);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(CertificateProfile.IssuerAlternativeName());
        request.CertificateExtensions.Add(CertificateProfile.DistributionPoint(CertificateNames.AuthorityRevocationList(kind)));

        // Says under any name that this is a root for tests; the portal's live mode looks for it.
        request.CertificateExtensions.Add(CertificateProfile.Policies(CertificateProfile.PolicyOf(kind), andAny: true));
        var (from, to) = ValidityOf(generation, now);
        return request.Create(name, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), from, to, [(byte)generation]);
    }

    private X509Certificate2 LoadOrMakeDelegate(DataFolder folder)
    {
        var name = Name + "-ocsp";
        var stored = folder.ReadOrNull(name + ".pem");
        if (stored is not null) return X509Certificate2.CreateFromPem(stored, folder.ReadOrNull(name + ".key"));

        using var delegateKey = RSA.Create(2048);
        using var certificate = SignDelegate(delegateKey, CertificateProfile.OcspNoCheck());
        folder.Write(name + ".key", delegateKey.ExportPkcs8PrivateKeyPem());
        folder.Write(name + ".pem", certificate.ExportCertificatePem());
        return certificate.CopyWithPrivateKey(delegateKey);
    }

    /// <summary>A delegate without the word that its own revocation need not be checked.</summary>
    internal X509Certificate2 DelegateToBeChecked()
    {
        using var delegateKey = RSA.Create(2048);
        using var certificate = SignDelegate(delegateKey);
        return certificate.CopyWithPrivateKey(delegateKey);
    }

    private X509Certificate2 SignDelegate(RSA delegateKey, params X509Extension[] more)
    {
        var request = new CertificateRequest(CertificateNames.OcspDelegate(Kind), delegateKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CertificateProfile.OcspSigning)], critical: true));
        foreach (var extension in more) request.CertificateExtensions.Add(extension);
        return Sign(request, new DateTimeOffset(Certificate.NotBefore), new DateTimeOffset(Certificate.NotAfter), [0x10, (byte)Generation]);
    }
}
