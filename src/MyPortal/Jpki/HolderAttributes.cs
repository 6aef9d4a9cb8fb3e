using System.Formats.Asn1;

namespace MyPortal.Jpki;

/// <summary>The four attributes (基本4情報) of a signature certificate, as they are needed here. Only the subject tag of them is kept.</summary>
/// <param name="Name">Certified name.</param>
/// <param name="Sex"><c>1</c> male, <c>2</c> female, <c>3</c> unknown.</param>
/// <param name="BirthDate">EYYYYMMDD: E is the era, 0 to 5; unknown parts of an incomplete date are zeros.</param>
internal sealed record HolderAttributes(string Name, string Sex, string BirthDate)
{
    public const string SubjectAlternativeName = "2.5.29.17";

    private const string Arc = "1.2.392.200149.8.5.5.";
    private const string NameOid = Arc + "1";
    private const string SexOid = Arc + "3";
    private const string BirthDateOid = Arc + "4";
    private const string AddressOid = Arc + "5";
    private const int LengthOfBirthDate = 9;

    /// <summary>
    /// Null when the certificate lacks one of the four, names one twice or writes it in another form. Other names of somebody else's
    /// making stand beside them without harm.
    /// </summary>
    public static HolderAttributes? Of(CertificateForm certificate)
    {
        try
        {
            return certificate.Extensions.TryGetValue(SubjectAlternativeName, out var extension) && Read(extension.Value) is { } found && AreTyped(found)
                ? new HolderAttributes(found[NameOid], found[SexOid], found[BirthDateOid])
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Read(ReadOnlyMemory<byte> extension)
    {
        var otherName = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        var outer = new AsnReader(extension, AsnEncodingRules.DER);
        var names = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        while (names.HasData)
        {
            if (!names.PeekTag().HasSameClassAndValue(otherName))
            {
                names.ReadEncodedValue();
                continue;
            }

            var name = names.ReadSequence(otherName);
            var oid = name.ReadObjectIdentifier();
            if (!oid.StartsWith(Arc, StringComparison.Ordinal))
            {
                continue;
            }

            var value = name.ReadSequence(otherName);
            name.ThrowIfNotEmpty();
            var text = value.ReadCharacterString(UniversalTagNumber.UTF8String);
            value.ThrowIfNotEmpty();
            if (!attributes.TryAdd(oid, text))
            {
                return null;
            }
        }

        return attributes;
    }

    private static bool AreTyped(Dictionary<string, string> attributes) =>
        attributes.TryGetValue(NameOid, out var name) && !string.IsNullOrWhiteSpace(name)
        && attributes.TryGetValue(AddressOid, out var address) && !string.IsNullOrWhiteSpace(address)
        && attributes.TryGetValue(SexOid, out var sex) && sex is "1" or "2" or "3"
        && attributes.TryGetValue(BirthDateOid, out var birthDate) && birthDate.Length is LengthOfBirthDate && birthDate[0] is >= '0' and <= '5' && birthDate.All(char.IsAsciiDigit);
}
