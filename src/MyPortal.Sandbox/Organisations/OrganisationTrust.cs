using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Sandbox.Organisations;

/// <summary>What a participant believes: certificates of the pinned organisation CA, for the right purpose, and nothing else.</summary>
internal sealed class OrganisationTrust(X509Certificate2 root, TimeProvider clock)
{
    public static X509KeyUsageFlags KeyUsageOf(KeyPurpose purpose) => purpose is KeyPurpose.Sealing ? X509KeyUsageFlags.KeyAgreement : X509KeyUsageFlags.DigitalSignature;

    public static string NameOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    public bool Vouches(X509Certificate2 certificate, string participant, KeyPurpose purpose) => NameOf(certificate) == participant && Vouches(certificate, purpose);

    public bool Vouches(X509Certificate2 certificate, KeyPurpose purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate)
            && chain.ChainElements.Count is 2
            && certificate.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages == KeyUsageOf(purpose)
            && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any() == purpose is KeyPurpose.MutualTls;
    }
}
