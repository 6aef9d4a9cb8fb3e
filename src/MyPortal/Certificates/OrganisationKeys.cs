using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Certificates;

/// <summary>Section <c>Hub</c>, the part that names files; relative names count from the folder of the handout.</summary>
internal sealed record OrganisationKeyFiles
{
    public string CaFile { get; init; } = "";

    public string CertificateFile { get; init; } = "";

    public string CertificateKeyFile { get; init; } = "";

    public string SigningCertificateFile { get; init; } = "";

    public string SigningKeyFile { get; init; } = "";
}

/// <summary>
/// The portal's keys as a participant of the linkage hub, and its trust in others: a participant's key counts only with a
/// certificate of the organisation CA, never on the hub's word alone.
/// </summary>
internal sealed class OrganisationKeys : IDisposable
{
    private readonly X509Certificate2 ca;
    private readonly X509Certificate2 tls;
    private readonly ECDsa signingKey;
    private readonly TimeProvider clock;

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
        using var signer = TrustedOrNull(participant, certificate);
        using var key = signer?.GetECDsaPublicKey();
        return key is { KeySize: 256 } && key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The public sealing key of a participant as SubjectPublicKeyInfo; null unless the organisation CA vouches for it.</summary>
    public byte[]? SealingKeyOf(string participant, byte[] certificate)
    {
        using var owner = TrustedOrNull(participant, certificate);
        return owner?.PublicKey.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Mutual TLS towards one participant: its certificate must be the organisation CA's and carry its name.</summary>
    public SslClientAuthenticationOptions TlsTowards(string participant) => new()
    {
        ClientCertificates = [tls],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => tls,
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            if (certificate is null)
            {
                return false;
            }

            using var trusted = TrustedOrNull(participant, certificate.GetRawCertData());
            return trusted is not null;
        },
    };

    public void Dispose()
    {
        ca.Dispose();
        tls.Dispose();
        signingKey.Dispose();
    }

    private X509Certificate2? TrustedOrNull(string participant, byte[] certificate)
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

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        if (chain.Build(loaded) && chain.ChainElements.Count is 2 && string.Equals(loaded.GetNameInfo(X509NameType.SimpleName, forIssuer: false), participant, StringComparison.Ordinal))
        {
            return loaded;
        }

        loaded.Dispose();
        return null;
    }
}
