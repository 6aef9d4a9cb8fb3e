using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>What a participant's key is for; each has a certificate of its own.</summary>
internal enum KeyPurpose
{
    MutualTls,
    Signing,
    Sealing,
}

/// <summary>The CA of the organisations. It is apart from the hub, so that the hub cannot slip in a key of its own.</summary>
internal sealed class OrganisationCa
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly ECDsa key;
    private readonly TimeProvider clock;

    private OrganisationCa(X509Certificate2 certificate, ECDsa key, TimeProvider clock) => (Certificate, this.key, this.clock) = (certificate, key, clock);

    /// <summary>Without its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Loads the CA of a folder, or founds it there.</summary>
    public static OrganisationCa LoadOrFound(DataFolder folder, TimeProvider clock)
    {
        var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (folder.ReadOrNull("ca.pem") is { } stored)
        {
            own.ImportFromPem(folder.ReadOrNull("ca.key"));
            return new OrganisationCa(X509Certificate2.CreateFromPem(stored), own, clock);
        }
        var request = new CertificateRequest("CN=MyPortal Sandbox Organisations", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        folder.Write("ca.key", own.ExportPkcs8PrivateKeyPem());
        folder.Write("ca.pem", made.ExportCertificatePem());
        return new OrganisationCa(X509CertificateLoader.LoadCertificate(made.RawData), own, clock);
    }

    /// <summary>A certificate with the participant's identifier as common name.</summary>
    public X509Certificate2 Issue(string participant, PublicKey publicKey, KeyPurpose purpose)
    {
        var request = new CertificateRequest(new X500DistinguishedName($"CN={participant}"), publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(OrganisationTrust.KeyUsageOf(purpose), critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (purpose is KeyPurpose.MutualTls)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication, ClientAuthentication], critical: false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
        }
        var now = clock.GetUtcNow();
        var serial = RandomSource.Bytes(16);
        serial[0] &= 0x7F;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddHours(-1), now.AddYears(5), serial);
    }
}
