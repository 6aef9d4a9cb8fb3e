using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>The trusted roots and what the policies in certificates mean; read once at start.</summary>
internal sealed record JpkiTrust(IReadOnlyList<PinnedRoot> Roots, IReadOnlyList<PolicyOptions> Policies);

/// <summary>Checks that a pinned root issued a certificate, of which kind it is and that it is valid now.</summary>
internal sealed class CertificatePath(JpkiTrust trust, TimeProvider clock)
{
    private const string AuthorityKeyIdentifier = "2.5.29.35";

    /// <summary>Steps 5 and 6.</summary>
    /// <exception cref="AsnContentException">An extension has another form than its standard gives it.</exception>
    public Result<VerifiedCertificate> Check(X509Certificate2 certificate, CertificateForm form, CertificateKind expected)
    {
        // Step 5: a chain of exactly two, one pinned root at a time; with several roots of one name the outcome would depend on their order.
        var keyIdentifier = AuthorityKeyIdentifierIn(form);
        var found = trust.Roots.FirstOrDefault(root => MayBeIssuedBy(form, keyIdentifier, root) && IsIssuedBy(certificate, root));
        if (found is null)
        {
            return JpkiErrors.UntrustedRoot;
        }

        // Step 6: kind by root, by key usage and by policy; then validity.
        if (found.Kind != expected)
        {
            return JpkiErrors.WrongKind;
        }

        if (LeafProfile.RefusalOf(form, expected) is { } refusal)
        {
            return refusal;
        }

        // A certificate that names two policies we know is of two kinds at once: of none.
        var oids = LeafProfile.PoliciesIn(form);
        if (trust.Policies.Where(known => oids.Contains(known.Oid, StringComparer.Ordinal)).ToList() is not [var policy] || policy.Kind != expected)
        {
            return JpkiErrors.UnknownPolicy;
        }

        var now = clock.Now();
        if (now < form.NotBefore || now > form.NotAfter)
        {
            return JpkiErrors.Expired;
        }

        return new VerifiedCertificate(CertificateIdentity.Of(form, found), expected, policy.Carrier, form.NotAfter.CutToMilliseconds(), found, form.Serial.ToArray(), SubjectTag: null);
    }

    // Names are compared byte by byte, and so are key identifiers where both have one; only then is the signature worth the arithmetic.
    private static bool MayBeIssuedBy(CertificateForm form, ReadOnlyMemory<byte>? keyIdentifier, PinnedRoot root) =>
        form.Issuer.Span.SequenceEqual(root.Certificate.SubjectName.RawData)
        && (keyIdentifier is not { } named || root.KeyIdentifier is not { } own || named.Span.SequenceEqual(own.Span));

    private static ReadOnlyMemory<byte>? AuthorityKeyIdentifierIn(CertificateForm form)
    {
        var keyIdentifier = new Asn1Tag(TagClass.ContextSpecific, 0);
        if (!form.Extensions.TryGetValue(AuthorityKeyIdentifier, out var extension))
        {
            return null;
        }

        var outer = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var identifier = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return identifier.HasData && identifier.PeekTag() == keyIdentifier ? identifier.ReadOctetString(keyIdentifier) : (ReadOnlyMemory<byte>?)null;
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
}
