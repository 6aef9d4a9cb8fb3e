using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MyPortal.Jpki;

/// <summary>
/// Checks that bytes are DER (X.690) at every node. The framework's readers check only the node they are asked for, and what lies
/// inside a value that is copied as a whole may have indefinite or needlessly long lengths: one thing with many encodings.
/// </summary>
internal static class Der
{
    // A card's CMS is 13 deep. Without a limit the sender would choose how deep the stack goes.
    private const int DeepestNode = 24;
    private const int GeneralizedTimeWithoutFraction = 15;

    /// <summary>Reads one value with everything inside it, and nothing behind.</summary>
    /// <exception cref="AsnContentException">Some node is not DER, or of a type that none of our formats has.</exception>
    public static void ThrowIfNotDer(ReadOnlyMemory<byte> bytes)
    {
        var reader = new AsnReader(bytes, AsnEncodingRules.DER);
        ReadNode(reader, DeepestNode);
        reader.ThrowIfNotEmpty();
    }

    /// <summary>A time of a certificate or a signed attribute: UTCTime through 2049, GeneralizedTime without fraction afterwards (RFC 5280 section 4.1.2.5).</summary>
    /// <exception cref="AsnContentException">It is written in another way.</exception>
    public static DateTimeOffset ReadTime(AsnReader reader)
    {
        if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime))
        {
            return reader.ReadUtcTime();
        }

        var hasFraction = reader.PeekContentBytes().Length is not GeneralizedTimeWithoutFraction;
        var time = reader.ReadGeneralizedTime();
        return hasFraction || time.Year < 2050 ? throw new AsnContentException("The time is written in the wrong form.") : time;
    }

    /// <summary>The algorithm of an AlgorithmIdentifier whose parameters are absent or NULL, as those of every digest and signature we take.</summary>
    /// <exception cref="AsnContentException">It has parameters.</exception>
    public static string ReadPlainAlgorithm(AsnReader reader)
    {
        var identifier = reader.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        if (identifier.HasData)
        {
            identifier.ReadNull();
        }

        identifier.ThrowIfNotEmpty();
        return algorithm;
    }

    /// <summary>A BIT STRING of whole bytes.</summary>
    /// <exception cref="AsnContentException">It ends within a byte.</exception>
    public static byte[] ReadWholeBytes(AsnReader reader)
    {
        var bytes = reader.ReadBitString(out var unused);
        return unused is 0 ? bytes : throw new AsnContentException("The bit string ends within a byte.");
    }

    private static void ReadNode(AsnReader reader, int depth)
    {
        if (depth is 0)
        {
            throw new AsnContentException("The value is nested too deeply.");
        }

        var tag = reader.PeekTag();
        switch (tag.TagClass)
        {
            case TagClass.Universal:
                ReadUniversal(reader, tag, depth);
                break;
            case TagClass.ContextSpecific when tag.IsConstructed:
                ReadNodes(reader.ReadSequence(tag), depth);
                break;
            case TagClass.ContextSpecific:
                reader.ReadEncodedValue();
                break;
            default:
                throw new AsnContentException("The value has a tag of an unknown class.");
        }
    }

    private static void ReadNodes(AsnReader inner, int depth)
    {
        while (inner.HasData)
        {
            ReadNode(inner, depth - 1);
        }
    }

    private static void ReadUniversal(AsnReader reader, Asn1Tag tag, int depth)
    {
        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.Sequence:
                ReadNodes(reader.ReadSequence(), depth);
                break;
            case UniversalTagNumber.Set:
                ReadNodes(reader.ReadSetOf(), depth);
                break;
            case UniversalTagNumber.Boolean:
                reader.ReadBoolean();
                break;
            case UniversalTagNumber.Integer:
                reader.ReadIntegerBytes();
                break;
            case UniversalTagNumber.Enumerated:
                reader.ReadEnumeratedBytes();
                break;
            case UniversalTagNumber.BitString when reader.TryReadPrimitiveBitString(out _, out _):
            case UniversalTagNumber.OctetString when reader.TryReadPrimitiveOctetString(out _):
                break;
            case UniversalTagNumber.Null:
                reader.ReadNull();
                break;
            case UniversalTagNumber.ObjectIdentifier:
                reader.ReadObjectIdentifier();
                break;
            case UniversalTagNumber.UtcTime:
                reader.ReadUtcTime();
                break;
            case UniversalTagNumber.GeneralizedTime:
                reader.ReadGeneralizedTime();
                break;
            case UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
                or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString:
                reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
                break;
            default:
                throw new AsnContentException("The value has a type that none of our formats has.");
        }
    }
}

/// <summary>Which exceptions mean "these bytes cannot be read" rather than a fault of ours.</summary>
internal static class HostileBytes
{
    /// <summary>
    /// The framework documents one exception for unreadable keys, certificates and messages, and throws several more: at a point off its
    /// curve, at a number out of range, at a signer it cannot resolve.
    /// </summary>
    public static bool MayCause(Exception exception) =>
        exception is CryptographicException or AsnContentException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or ArithmeticException;
}
