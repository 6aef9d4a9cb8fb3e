using System.Security.Cryptography.X509Certificates;
using System.Formats.Asn1;
using MyPortal.Contracts.CardAgent;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>The trusted roots and what the policies in certificates mean; read once at start.</summary>
internal sealed record JpkiTrust(IReadOnlyList<PinnedRoot> Roots, IReadOnlyList<PolicyOptions> Policies);

/// <summary>Checks that a pinned root issued a certificate, of which kind it is and that it is valid now.</summary>
internal sealed class CertificatePath(JpkiTrust trust, TimeProvider clock)
{
    public Result<VerifiedCertificate> Check(X509Certificate2 certificate, CertificateKind expected)
    {
        // Step 5: a chain of exactly two, one pinned root at a time; with several roots of one name the outcome would depend on their order.
        var found = trust.Roots.FirstOrDefault(root => IsIssuedBy(certificate, root));
        if (found is null)
        {
            return JpkiErrors.UntrustedRoot;
        }

        // Step 6: kind by root, by key usage and by policy; then validity.
        if (found.Kind != expected)
        {
            return JpkiErrors.WrongKind;
        }

        if (!HasKeyUsageOf(certificate, expected))
        {
            return JpkiErrors.WrongKeyUsage;
        }

        // A certificate that names two policies we know is of two kinds at once: of none.
        var oids = PoliciesIn(certificate);
        if (trust.Policies.Where(known => oids.Contains(known.Oid, StringComparer.Ordinal)).ToList() is not [var policy] || policy.Kind != expected)
        {
            return JpkiErrors.UnknownPolicy;
        }

        var now = clock.Now().UtcDateTime;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
        {
            return JpkiErrors.Expired;
        }

        return new VerifiedCertificate(
            CertificateIdentity.Of(certificate, found),
            expected,
            policy.Carrier,
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).CutToMilliseconds(),
            found,
            certificate.SerialNumberBytes.ToArray(),
            SubjectTag: null);
    }

    /// <summary>Checks a certificate that comes as DER.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are no certificate.</exception>
    public Result<VerifiedCertificate> Check(byte[] certificate, CertificateKind expected)
    {
        using var read = X509CertificateLoader.LoadCertificate(certificate);
        return Check(read, expected);
    }

    private bool IsIssuedBy(X509Certificate2 certificate, PinnedRoot root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;

        // The leaf's own validity is a refusal of its own in step 6; an expired root stays a refusal here.
        chain.Build(certificate);
        return chain.ChainElements.Count is 2
            && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(root.Certificate.RawDataMemory.Span)
            && chain.ChainElements[1].ChainElementStatus.Length is 0
            && chain.ChainElements[0].ChainElementStatus.All(status => status.Status is X509ChainStatusFlags.NotTimeValid);
    }

    private static bool HasKeyUsageOf(X509Certificate2 certificate, CertificateKind kind)
    {
        var expected = kind is CertificateKind.Authentication
            ? X509KeyUsageFlags.DigitalSignature
            : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        return certificate.Extensions.OfType<X509KeyUsageExtension>().ToList() is [{ Critical: true } usage] && usage.KeyUsages == expected;
    }

    private static List<string> PoliciesIn(X509Certificate2 certificate)
    {
        var oids = new List<string>();
        if (certificate.Extensions["2.5.29.32"] is not { } extension)
        {
            return oids;
        }

        try
        {
            var policies = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (policies.HasData)
            {
                oids.Add(policies.ReadSequence().ReadObjectIdentifier());
            }
        }
        catch (AsnContentException)
        {
            oids.Clear();
        }

        return oids;
    }
}
