using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Certificates;

/// <summary>Section <c>Hub</c>, the part that names files (PEM); relative names count from the folder of the trust bundle.</summary>
internal sealed record OrganisationKeyFiles
{
    /// <summary>Certificate of the organisation CA.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The portal's certificate for mutual TLS.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its private key.</summary>
    public string CertificateKeyFile { get; init; } = "";

    /// <summary>The portal's signing certificate.</summary>
    public string SigningCertificateFile { get; init; } = "";

    /// <summary>Its private key, ECDSA P-256.</summary>
    public string SigningKeyFile { get; init; } = "";

    /// <summary>Faults of the files, each naming its setting: what is missing, unreadable, or belongs to somebody else than <paramref name="self"/>; in live mode also the sandbox's CA.</summary>
    public IEnumerable<string> Faults(string baseFolder, string self, bool isLive)
    {
        (string Setting, string File)[] files =
        [
            (nameof(CaFile), CaFile), (nameof(CertificateFile), CertificateFile), (nameof(CertificateKeyFile), CertificateKeyFile),
            (nameof(SigningCertificateFile), SigningCertificateFile), (nameof(SigningKeyFile), SigningKeyFile),
        ];
        var missing = files.Where(file => file.File.Length is 0 || !File.Exists(Path.GetFullPath(file.File, baseFolder)))
            .Select(file => $"Hub:{file.Setting} names the file '{file.File}', which is not there.").ToList();
        return missing.Count > 0 ? missing : FaultsInside(baseFolder, self, isLive);
    }

    private IEnumerable<string> FaultsInside(string baseFolder, string self, bool isLive)
    {
        string At(string file) => Path.GetFullPath(file, baseFolder);
        if (!Loads(() => X509CertificateLoader.LoadCertificateFromFile(At(CaFile)).Dispose()))
        {
            yield return $"Hub:CaFile names '{CaFile}', which is no certificate.";
        }
        else if (isLive && NameIn(At(CaFile)).Contains("Sandbox", StringComparison.Ordinal))
        {
            yield return $"Hub:CaFile names '{CaFile}', the CA of the sandbox, which live mode refuses.";
        }

        if (!Loads(() => X509Certificate2.CreateFromPemFile(At(CertificateFile), At(CertificateKeyFile)).Dispose()))
        {
            yield return $"Hub:CertificateFile and Hub:CertificateKeyFile name '{CertificateFile}' and '{CertificateKeyFile}', which are no certificate with its key.";
        }
        else if (NameIn(At(CertificateFile)) is var owner && owner != self)
        {
            yield return $"Hub:CertificateFile names the certificate of '{owner}', but Hub:Self is '{self}'.";
        }

        if (!Loads(() => X509Certificate2.CreateFromPemFile(At(SigningCertificateFile), At(SigningKeyFile)).Dispose()))
        {
            yield return $"Hub:SigningCertificateFile and Hub:SigningKeyFile name '{SigningCertificateFile}' and '{SigningKeyFile}', which are no certificate with its key.";
        }
    }

    private static string NameIn(string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    private static bool Loads(Action load)
    {
        try
        {
            load();
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
