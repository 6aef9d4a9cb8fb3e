using System.Formats.Asn1;
using MyPortal.Contracts.CardAgent;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>What the certificate of a person may say and must not: step 6 of the verifier, apart from the validity.</summary>
internal static class LeafProfile
{
    private const string BasicConstraints = "2.5.29.19";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string KeyUsage = "2.5.29.15";
    private const string CertificatePolicies = "2.5.29.32";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    /// <summary>Name constraints, policy mappings, policy constraints and inhibit any-policy are for authorities only (RFC 5280 section 4.2.1).</summary>
    private static readonly string[] ForAuthoritiesOnly = ["2.5.29.30", "2.5.29.33", "2.5.29.36", "2.5.29.54"];

    /// <summary>What is understood or harmless: whoever meets another critical extension must refuse the certificate.</summary>
    private static readonly string[] KnownCritical = [KeyUsage, CertificatePolicies, BasicConstraints, ExtendedKeyUsage, HolderAttributes.SubjectAlternativeName, "2.5.29.18", "2.5.29.31"];

    // Client authentication; e-mail protection and signing of documents (RFC 9336). None has been seen in these certificates so far.
    private static readonly string[] LoginPurposes = [AnyExtendedKeyUsage, "1.3.6.1.5.5.7.3.2"];
    private static readonly string[] SigningPurposes = [AnyExtendedKeyUsage, "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36"];

    /// <summary>Null when nothing is wrong. Which policies the certificate names is for the caller to compare.</summary>
    /// <exception cref="AsnContentException">An extension has another form than its standard gives it.</exception>
    public static Error? RefusalOf(CertificateForm certificate, CertificateKind kind)
    {
        var extensions = certificate.Extensions;
        if (!HasKeyUsageOf(certificate, kind))
        {
            return JpkiErrors.WrongKeyUsage;
        }

        if (IsAuthority(certificate) is not null || ForAuthoritiesOnly.Any(extensions.ContainsKey))
        {
            return JpkiErrors.NotAnEndCertificate;
        }

        var purposes = ExtendedUsagesIn(certificate);
        if (purposes is not null && !purposes.Intersect(kind is CertificateKind.Authentication ? LoginPurposes : SigningPurposes, StringComparer.Ordinal).Any())
        {
            return JpkiErrors.WrongExtendedKeyUsage;
        }

        return extensions.Any(extension => extension.Value.IsCritical && !KnownCritical.Contains(extension.Key, StringComparer.Ordinal)) ? JpkiErrors.UnknownCriticalExtension : null;
    }

    /// <summary>The policies a certificate names; empty when it names none.</summary>
    /// <exception cref="AsnContentException">The extension has another form.</exception>
    public static IReadOnlyList<string> PoliciesIn(CertificateForm certificate) =>
        certificate.Extensions.TryGetValue(CertificatePolicies, out var extension)
            ? ReadEach(extension.Value, policies =>
            {
                var policy = policies.ReadSequence();
                var oid = policy.ReadObjectIdentifier();
                if (policy.HasData)
                {
                    policy.ReadSequence();
                }

                policy.ThrowIfNotEmpty();
                return oid;
            })
            : [];

    /// <summary>The extended key usages of a certificate; null when it has none, so that none is excluded.</summary>
    /// <exception cref="AsnContentException">The extension has another form.</exception>
    public static IReadOnlyList<string>? ExtendedUsagesIn(CertificateForm certificate) =>
        certificate.Extensions.TryGetValue(ExtendedKeyUsage, out var extension) ? ReadEach(extension.Value, usages => usages.ReadObjectIdentifier()) : null;

    /// <summary>The first byte of the key usage, its eight oldest bits; null when the extension is missing.</summary>
    /// <exception cref="AsnContentException">The extension has another form.</exception>
    public static byte? KeyUsageIn(CertificateForm certificate)
    {
        if (!certificate.Extensions.TryGetValue(KeyUsage, out var extension))
        {
            return null;
        }

        var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var bits = reader.ReadBitString(out _);
        reader.ThrowIfNotEmpty();
        return bits is [] ? (byte)0 : bits[0];
    }

    /// <summary>Whether the certificate is one of an authority; null when it says nothing of the kind, as those of people do.</summary>
    /// <exception cref="AsnContentException">The extension has another form.</exception>
    public static bool? IsAuthority(CertificateForm certificate)
    {
        if (!certificate.Extensions.TryGetValue(BasicConstraints, out var extension))
        {
            return null;
        }

        var outer = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var constraints = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        // False: a length of path without the word that it is an authority. Nobody issues that.
        return constraints.HasData ? constraints.PeekTag() == Asn1Tag.Boolean && constraints.ReadBoolean() : null;
    }

    private static bool HasKeyUsageOf(CertificateForm certificate, CertificateKind kind)
    {
        if (!certificate.Extensions.TryGetValue(KeyUsage, out var extension) || !extension.IsCritical)
        {
            return false;
        }

        // BIT STRING of exactly digitalSignature, or of digitalSignature and nonRepudiation; the first byte counts the unused bits.
        var expected = kind is CertificateKind.Authentication ? (ReadOnlySpan<byte>)[3, 2, 7, 0x80] : [3, 2, 6, 0xC0];
        return extension.Value.Span.SequenceEqual(expected);
    }

    private static List<string> ReadEach(ReadOnlyMemory<byte> value, Func<AsnReader, string> read)
    {
        var outer = new AsnReader(value, AsnEncodingRules.DER);
        var inner = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var oids = new List<string>();
        while (inner.HasData)
        {
            oids.Add(read(inner));
        }

        return oids;
    }
}
