using System.Formats.Asn1;

namespace MyPortal.Jpki;

/// <summary>The signed attributes of a CMS (RFC 5652 section 11): content type and digest, and the time if the agent writes it; each once, with one value.</summary>
internal static class SignedAttributes
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Whether they are the expected ones with values of the right types. The digest itself is compared with the signature.</summary>
    /// <param name="encoded">The implicitly tagged set.</param>
    /// <param name="digestLength">Length of the digest in bytes.</param>
    public static bool AreExpected(ReadOnlyMemory<byte> encoded, int digestLength)
    {
        try
        {
            var all = new AsnReader(encoded, AsnEncodingRules.DER).ReadSetOf(Tag0);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (all.HasData)
            {
                var attribute = all.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                var values = attribute.ReadSetOf();
                attribute.ThrowIfNotEmpty();
                if (!seen.Add(oid) || !IsExpected(oid, values, digestLength) || values.HasData)
                {
                    return false;
                }
            }

            return seen.Contains(ContentType) && seen.Contains(MessageDigest);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool IsExpected(string oid, AsnReader values, int digestLength)
    {
        switch (oid)
        {
            case ContentType:
                return values.ReadObjectIdentifier() is Data;
            case MessageDigest:
                return values.ReadOctetString().Length == digestLength;
            case SigningTime:
                // The clock of the sender proves nothing, so the value is not used; but it must be a time.
                Der.ReadTime(values);
                return true;
            default:
                return false;
        }
    }
}
