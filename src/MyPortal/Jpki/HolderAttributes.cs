using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Jpki;

/// <summary>Reads the four attributes of a signature certificate, other names of its subject alternative name. None of them is kept.</summary>
internal static class HolderAttributes
{
    public const string Name = "1.2.392.200149.8.5.5.1";
    public const string Sex = "1.2.392.200149.8.5.5.3";
    public const string BirthDate = "1.2.392.200149.8.5.5.4";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Attribute by object identifier; empty when the certificate carries none or writes them in another form.</summary>
    public static IReadOnlyDictionary<string, string> Of(X509Certificate2 certificate)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
        {
            return attributes;
        }

        var otherName = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (!names.PeekTag().HasSameClassAndValue(otherName))
                {
                    names.ReadEncodedValue();
                    continue;
                }

                var name = names.ReadSequence(otherName);
                var oid = name.ReadObjectIdentifier();
                attributes[oid] = name.ReadSequence(otherName).ReadCharacterString(UniversalTagNumber.UTF8String);
            }
        }
        catch (AsnContentException)
        {
            attributes.Clear();
        }

        return attributes;
    }
}
