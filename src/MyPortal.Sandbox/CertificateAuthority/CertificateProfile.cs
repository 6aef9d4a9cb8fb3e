using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>
/// The extensions of the test hierarchy, in the form of the real certificates. .NET writes neither otherName nor directoryName,
/// so these are written by hand.
/// </summary>
internal static class CertificateProfile
{
    /// <summary>RFC 5280 section 4.2.1.4: leaves below may have any policy.</summary>
    private const string AnyPolicy = "2.5.29.32.0";

    public const string AuthenticationPolicy = "1.2.392.200149.8.5.1.0.30";
    public const string SignaturePolicy = "1.2.392.200149.8.5.1.0.20";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    private const string AttributeArc = "1.2.392.200149.8.5.5";

    public static string PolicyOf(CertificateKind kind) => kind is CertificateKind.Signature ? SignaturePolicy : AuthenticationPolicy;

    public static X509KeyUsageFlags KeyUsageOf(CertificateKind kind) => kind is CertificateKind.Signature
        ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation
        : X509KeyUsageFlags.DigitalSignature;

    public static X509Extension Policies(string policyOid, bool andAny = false) => Write("2.5.29.32", critical: true, writer =>
    {
        using var policies = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(policyOid);
            using var qualifiers = writer.PushSequence();
            using var qualifier = writer.PushSequence();
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.2.1");
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "http://www.jpki.go.jp/cps.html");
        }

        if (andAny)
        {
            using var any = writer.PushSequence();
            writer.WriteObjectIdentifier(AnyPolicy);
        }
    });

    public static X509Extension IssuerAlternativeName() => Write("2.5.29.18", critical: false, writer =>
    {
        using var names = writer.PushSequence();
        WriteDirectoryName(writer, CertificateNames.IssuerAlternative);
    });

    public static X509Extension DistributionPoint(X500DistinguishedName list) => Write("2.5.29.31", critical: false, writer =>
    {
        using var points = writer.PushSequence();
        using var point = writer.PushSequence();
        using var pointName = writer.PushSequence(Context(0));
        using var fullName = writer.PushSequence(Context(0));
        WriteDirectoryName(writer, list);
    });

    public static X509Extension SubjectAttributes(FourAttributes attributes) => Write("2.5.29.17", critical: false, writer =>
    {
        using var names = writer.PushSequence();
        WriteOtherName(writer, 1, attributes.Name);
        WriteOtherName(writer, 2, Unsubstituted(attributes.Name));
        WriteOtherName(writer, 3, attributes.Sex.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteOtherName(writer, 4, attributes.EncodedBirthDate);
        WriteOtherName(writer, 5, attributes.Address);
        WriteOtherName(writer, 6, Unsubstituted(attributes.Address));
    });

    /// <summary>RFC 6960 section 4.2.2.2.1: whoever sees this need not ask about the delegate itself.</summary>
    public static X509Extension OcspNoCheck() => new("1.3.6.1.5.5.7.48.1.5", [0x05, 0x00], critical: false);

    /// <summary>One digit per character; none of the invented names needs a substitute character.</summary>
    private static string Unsubstituted(string text) => new('0', text.Length);

    private static void WriteOtherName(AsnWriter writer, int arc, string value)
    {
        using var otherName = writer.PushSequence(Context(0));
        writer.WriteObjectIdentifier($"{AttributeArc}.{arc}");
        using var content = writer.PushSequence(Context(0));
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
    }

    private static void WriteDirectoryName(AsnWriter writer, X500DistinguishedName name)
    {
        using var directoryName = writer.PushSequence(Context(4));
        writer.WriteEncodedValue(name.RawData);
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private static X509Extension Write(string oid, bool critical, Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        content(writer);
        return new X509Extension(oid, writer.Encode(), critical);
    }
}
