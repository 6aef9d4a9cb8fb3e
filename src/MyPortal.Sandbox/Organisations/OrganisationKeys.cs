using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>A participant's three keys with their certificates, made once and kept in its own folder.</summary>
internal sealed class OrganisationKeys
{
    private readonly ECDsa signing;

    private OrganisationKeys(string id, DataFolder folder, OrganisationCa ca)
    {
        Id = id;
        using (var tls = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var certificate = LoadOrMake(folder, "tls", tls, k => ca.Issue(id, new PublicKey(k), KeyPurpose.MutualTls)))
        using (var paired = certificate.CopyWithPrivateKey(tls))
        {
            // Windows cannot use a key that exists only in memory for TLS; a pass through PKCS#12 helps and hurts nobody else.
            MutualTls = X509CertificateLoader.LoadPkcs12(paired.Export(X509ContentType.Pkcs12), password: null);
        }
        signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigningCertificate = LoadOrMake(folder, "signing", signing, k => ca.Issue(id, new PublicKey(k), KeyPurpose.Signing));
        Sealing = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        SealingCertificate = LoadOrMake(folder, "sealing", Sealing, k => ca.Issue(id, new PublicKey(k), KeyPurpose.Sealing));
        KeyId = Peer.KeyIdOf(SigningCertificate);
    }

    public string Id { get; }

    /// <summary>Lower-case hex SHA-256 of the signing certificate.</summary>
    public string KeyId { get; }

    /// <summary>With its private key.</summary>
    public X509Certificate2 MutualTls { get; }

    public X509Certificate2 SigningCertificate { get; }

    public X509Certificate2 SealingCertificate { get; }

    /// <summary>To which subject tags are sealed.</summary>
    public ECDiffieHellman Sealing { get; }

    public static OrganisationKeys LoadOrMake(string id, DataFolder folder, OrganisationCa ca) => new(id, folder, ca);

    /// <summary>ECDSA P-256 with SHA-256, r ‖ s.</summary>
    public byte[] Sign(byte[] bytes) => signing.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static X509Certificate2 LoadOrMake<TKey>(DataFolder folder, string name, TKey key, Func<TKey, X509Certificate2> issue)
        where TKey : AsymmetricAlgorithm
    {
        if (folder.ReadOrNull(name + ".pem") is { } stored)
        {
            key.ImportFromPem(folder.ReadOrNull(name + ".key"));
            return X509Certificate2.CreateFromPem(stored);
        }
        var certificate = issue(key);
        folder.Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
        folder.Write(name + ".pem", certificate.ExportCertificatePem());
        return certificate;
    }
}
