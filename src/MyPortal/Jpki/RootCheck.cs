using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MyPortal.Jpki;

/// <summary>
/// Looks at the roots before they are trusted: whatever is wrong with one of them would otherwise show as refused cards, or not at all.
/// </summary>
internal static class RootCheck
{
    private const byte KeyCertSign = 0x04;

    /// <summary>Arc of the policies on test cards (docs of the issuer's test environment).</summary>
    private const string TestPolicies = "1.2.392.200149.8.5.1.0.";

    private static readonly string[] TestWords = ["TEST", "テスト", "SANDBOX"];

    /// <summary>One sentence for each fault, naming the setting.</summary>
    /// <param name="roots">The roots of the settings.</param>
    /// <param name="isLive">Whether test roots are refused.</param>
    /// <param name="baseFolder">Folder from which relative file names count.</param>
    /// <param name="now">Decides which roots are valid.</param>
    public static IEnumerable<string> FaultsIn(IReadOnlyList<RootOptions> roots, bool isLive, string baseFolder, DateTimeOffset now)
    {
        var read = new List<(RootOptions Root, CertificateForm Form)>();
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            if (AddressFault(root, isLive) is { } addressFault)
            {
                yield return addressFault;
            }

            using var certificate = LoadOrNull(Path.GetFullPath(root.File, baseFolder), out var trouble);
            if (certificate is null)
            {
                yield return $"Jpki:Roots names the file '{root.File}', which {trouble}.";
                continue;
            }

            if (FormOf(certificate) is not { } form)
            {
                yield return $"Jpki:Roots names '{root.File}', which is no certificate of version 3 signed with SHA-256 or better.";
                continue;
            }

            read.Add((root, form));
            foreach (var fault in FaultsIn(certificate, form, isLive))
            {
                yield return $"Jpki:Roots names '{root.File}', {fault}.";
            }

            if (!keys.TryAdd(CertificateIdentity.KeyHashOf(certificate), root.File))
            {
                yield return $"Jpki:Roots names '{root.File}', whose key is that of '{keys[CertificateIdentity.KeyHashOf(certificate)]}'.";
            }
        }

        // An expired root may stay, because it lapses while the portal runs; but somebody must be able to sign in.
        foreach (var kind in read.GroupBy(one => one.Root.Kind).Where(kind => !kind.Any(one => one.Form.NotBefore <= now && now <= one.Form.NotAfter)))
        {
            yield return $"Jpki:Roots has no root of kind {kind.Key} that is valid now.";
        }
    }

    /// <summary>Whether a policy is one of test cards, whatever the settings call it.</summary>
    public static bool IsTestPolicy(string oid) => oid.StartsWith(TestPolicies, StringComparison.Ordinal);

    private static string? AddressFault(RootOptions root, bool isLive)
    {
        if (!JpkiRoom.IsWebAddress(root.OcspAddress))
        {
            return $"Jpki:Roots gives '{root.File}' the OcspAddress '{root.OcspAddress}', which is no address.";
        }

        return isLive && new Uri(root.OcspAddress).IsLoopback
            ? $"Jpki:Roots gives '{root.File}' the OcspAddress '{root.OcspAddress}' on this machine, which live mode refuses."
            : null;
    }

    private static X509Certificate2? LoadOrNull(string file, out string trouble)
    {
        trouble = "is not there";
        try
        {
            return File.Exists(file) ? X509CertificateLoader.LoadCertificateFromFile(file) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            trouble = "cannot be read as a certificate";
            return null;
        }
    }

    private static CertificateForm? FormOf(X509Certificate2 certificate)
    {
        try
        {
            var form = CertificateForm.Read(certificate.RawDataMemory);
            return form.IsRefused ? null : form.Value;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> FaultsIn(X509Certificate2 certificate, CertificateForm form, bool isLive)
    {
        if (!form.Key.IsStrong)
        {
            yield return "whose key is too weak or of an unknown kind";
        }
        else if (!form.Issuer.Span.SequenceEqual(form.Subject.Span) || !IsSignedByItself(certificate, form))
        {
            yield return "which is not signed by itself";
        }

        if (!IsAuthority(form))
        {
            yield return "which is no certificate of an authority";
        }

        if (isLive && IsOfTests(certificate, form))
        {
            yield return "a test root, which live mode refuses";
        }
    }

    private static bool IsSignedByItself(X509Certificate2 certificate, CertificateForm form) =>
        CertificateSignature.IsBy(form.Signature.Algorithm, form.Signature.Signed.Span, form.Signature.Bytes, certificate);

    private static bool IsAuthority(CertificateForm form)
    {
        try
        {
            return LeafProfile.IsAuthority(form) is true && LeafProfile.KeyUsageIn(form) is { } usage && (usage & KeyCertSign) is not 0;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    // Names can be chosen freely, so the policy that the sandbox writes into its roots counts as well; letters of any width and case.
    private static bool IsOfTests(X509Certificate2 certificate, CertificateForm form)
    {
        var name = certificate.Subject.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        try
        {
            return TestWords.Any(word => name.Contains(word, StringComparison.Ordinal)) || LeafProfile.PoliciesIn(form).Any(IsTestPolicy);
        }
        catch (AsnContentException)
        {
            return true;
        }
    }
}
