using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Certificates;

/// <summary>What a participant's key is for; each has a certificate of its own, and none stands for another.</summary>
internal enum OrganisationKeyPurpose
{
    MutualTls,
    Signing,
    Sealing,
}

/// <summary>
/// The portal's keys as a participant of the linkage hub, and its trust in others: a participant's key counts only with a
/// certificate of the organisation CA, never on the hub's word alone.
/// </summary>
internal sealed class OrganisationKeys : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly X509Certificate2 ca;
    private readonly X509Certificate2 tls;
    private readonly ECDsa signingKey;
    private readonly TimeProvider clock;

    // What the CA vouched for, by SHA-256, with the time in which it does. Each message of the hub is signed, and building the path anew
    // costs many times what checking the signature does.
    private readonly ConcurrentDictionary<string, (DateTime From, DateTime Until)> vouched = new(StringComparer.Ordinal);

    /// <summary>Loads the key files.</summary>
    /// <exception cref="CryptographicException">A file holds something else than it should.</exception>
    public OrganisationKeys(OrganisationKeyFiles files, string baseFolder, TimeProvider clock)
    {
        this.clock = clock;
        string At(string file) => Path.GetFullPath(file, baseFolder);
        ca = X509CertificateLoader.LoadCertificateFromFile(At(files.CaFile));
        tls = X509Certificate2.CreateFromPemFile(At(files.CertificateFile), At(files.CertificateKeyFile));
        signingKey = ECDsa.Create();
        signingKey.ImportFromPem(File.ReadAllText(At(files.SigningKeyFile)));
        using var signing = X509CertificateLoader.LoadCertificateFromFile(At(files.SigningCertificateFile));
        SigningKeyId = KeyIdOf(signing.RawData);
    }

    /// <summary>How messages name the key that signed them: lower-case hex SHA-256 of the signing certificate.</summary>
    public string SigningKeyId { get; }

    public byte[] Sign(byte[] bytes) => signingKey.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public static string KeyIdOf(byte[] certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate));

    /// <summary>Whether the owner of a certificate, which the organisation CA gave to <paramref name="participant"/>, signed the bytes.</summary>
    public bool IsSignedBy(string participant, byte[] certificate, byte[] bytes, byte[] signature)
    {
        using var signer = TrustedOrNull(participant, certificate, OrganisationKeyPurpose.Signing);
        using var key = signer?.GetECDsaPublicKey();
        return key is { KeySize: 256 } && key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The public sealing key of a participant as SubjectPublicKeyInfo; null unless the organisation CA vouches for it.</summary>
    public byte[]? SealingKeyOf(string participant, byte[] certificate)
    {
        using var owner = TrustedOrNull(participant, certificate, OrganisationKeyPurpose.Sealing);
        return owner?.PublicKey.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Mutual TLS towards one participant: its certificate must be the organisation CA's and carry its name.</summary>
    public SslClientAuthenticationOptions TlsTowards(string participant) => new()
    {
        ClientCertificates = [tls],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => tls,
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            using var trusted = certificate is null ? null : TrustedOrNull(participant, certificate.GetRawCertData(), OrganisationKeyPurpose.MutualTls);
            return trusted is not null;
        },
    };

    public void Dispose()
    {
        ca.Dispose();
        tls.Dispose();
        signingKey.Dispose();
    }

    private X509Certificate2? TrustedOrNull(string participant, byte[] certificate, OrganisationKeyPurpose purpose)
    {
        X509Certificate2 loaded;
        try
        {
            loaded = X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (IsMeantFor(loaded, participant, purpose) && IsIssuedByCa(loaded))
        {
            return loaded;
        }

        loaded.Dispose();
        return null;
    }

    private static bool IsMeantFor(X509Certificate2 certificate, string participant, OrganisationKeyPurpose purpose)
    {
        var usage = purpose is OrganisationKeyPurpose.Sealing ? X509KeyUsageFlags.KeyAgreement : X509KeyUsageFlags.DigitalSignature;
        var isForTls = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(extension => extension.EnhancedKeyUsages[ServerAuthentication] is not null);
        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == participant
            && certificate.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages == usage
            && isForTls == purpose is OrganisationKeyPurpose.MutualTls;
    }

    private bool IsIssuedByCa(X509Certificate2 certificate)
    {
        var id = KeyIdOf(certificate.RawData);
        var now = clock.GetUtcNow().UtcDateTime;
        if (vouched.TryGetValue(id, out var known))
        {
            return known.From <= now && now <= known.Until;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = now;
        if (!chain.Build(certificate) || chain.ChainElements.Count is not 2)
        {
            return false;
        }

        // Only what the CA signed comes this far, so strangers cannot fill the memory.
        vouched[id] = (Later(certificate.NotBefore, ca.NotBefore), Earlier(certificate.NotAfter, ca.NotAfter));
        return true;
    }

    // Certificates tell their times in local time.
    private static DateTime Later(DateTime one, DateTime other) => (one > other ? one : other).ToUniversalTime();

    private static DateTime Earlier(DateTime one, DateTime other) => (one < other ? one : other).ToUniversalTime();
}
