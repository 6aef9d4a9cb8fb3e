using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>Distinguished names of the test hierarchy: the form of the real one, with O=JPKI-TEST.</summary>
internal static class CertificateNames
{
    private const string Country = "2.5.4.6";
    private const string Locality = "2.5.4.7";
    private const string Organization = "2.5.4.10";
    private const string Unit = "2.5.4.11";
    private const string CommonName = "2.5.4.3";

    /// <summary>All generations of one kind share this name; only key, key identifier and serial tell them apart.</summary>
    public static X500DistinguishedName Issuer(CertificateKind kind) =>
        Name((Country, "JP"), (Organization, "JPKI-TEST"), (Unit, UnitOf(kind)), (Unit, "Japan Agency for Local Authority Information Systems"));

    public static X500DistinguishedName IssuerAlternative { get; } = Name((Country, "JP"), (Organization, "公的個人認証サービス"));

    public static X500DistinguishedName OcspDelegate(CertificateKind kind) =>
        Name((Country, "JP"), (Organization, "JPKI-TEST"), (Unit, UnitOf(kind)), (CommonName, "OCSP Responder"));

    /// <summary>Says nothing about the person.</summary>
    public static X500DistinguishedName AuthenticationSubject(string opaqueId) => Name((Country, "JP"), (CommonName, opaqueId));

    public static X500DistinguishedName SignatureSubject(string prefecture, string municipality, string opaqueId) =>
        Name((Country, "JP"), (Locality, prefecture), (Locality, municipality), (CommonName, opaqueId));

    public static X500DistinguishedName AuthorityRevocationList(CertificateKind kind) =>
        Name((Country, "JP"), (Organization, "JPKI-TEST"), (Unit, UnitOf(kind)), (Unit, "CRL Distribution Points"), (CommonName, "ARL"));

    /// <summary>Lists are split: by municipality for signature certificates, by an opaque number for the others (inferred).</summary>
    public static X500DistinguishedName RevocationList(CertificateKind kind, string prefecture, string municipality) =>
        kind is CertificateKind.Signature
            ? Name((Country, "JP"), (Organization, "JPKI-TEST"), (Unit, UnitOf(kind)), (Unit, "CRL Distribution Points"), (Unit, prefecture), (CommonName, municipality))
            : Name((Country, "JP"), (Organization, "JPKI-TEST"), (Unit, UnitOf(kind)), (Unit, "CRL Distribution Points"), (CommonName, "001"));

    private static string UnitOf(CertificateKind kind) =>
        kind is CertificateKind.Signature ? "JPKI for digital signature" : "JPKI for user authentication";

    private static X500DistinguishedName Name(params (string Oid, string Value)[] parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, value) in parts)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(oid is Country ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, value);
                }
            }
        }
        return new X500DistinguishedName(writer.Encode());
    }
}
