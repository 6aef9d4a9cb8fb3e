using System.Formats.Asn1;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>Writes ASN.1 without asking whether it is right, as an attacker does.</summary>
internal static class Raw
{
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;
    public const byte OctetString = 0x04;

    /// <summary>One value with a minimal, definite length.</summary>
    public static byte[] Node(byte tag, params byte[][] content) => [tag, .. Length(content.Sum(part => part.Length)), .. content.SelectMany(part => part)];

    /// <summary>The same with a length that takes one byte more than needed.</summary>
    public static byte[] LongNode(byte tag, params byte[][] content) => [tag, .. LongLength(content.Sum(part => part.Length)), .. content.SelectMany(part => part)];

    public static byte[] Integer(int value) => Write(writer => writer.WriteInteger(value));

    public static byte[] Oid(string oid) => Write(writer => writer.WriteObjectIdentifier(oid));

    public static byte[] Boolean(bool value) => Write(writer => writer.WriteBoolean(value));

    public static byte[] Bits(params byte[][] content) => Node(0x03, [[0], .. content]);

    public static byte[] Utf8(string text) => Write(writer => writer.WriteCharacterString(UniversalTagNumber.UTF8String, text));

    public static byte[] Utc(string text) => Node(0x17, System.Text.Encoding.ASCII.GetBytes(text));

    public static byte[] Generalized(string text) => Node(0x18, System.Text.Encoding.ASCII.GetBytes(text));

    /// <summary>AlgorithmIdentifier with NULL as parameters, as RSA and digests have it.</summary>
    public static byte[] Algorithm(string oid) => Node(Sequence, Oid(oid), [5, 0]);

    /// <summary>AlgorithmIdentifier without parameters.</summary>
    public static byte[] BareAlgorithm(string oid) => Node(Sequence, Oid(oid));

    public static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        _ => [0x82, (byte)(length >> 8), (byte)length],
    };

    public static byte[] LongLength(int length) => length switch
    {
        < 0x80 => [0x81, (byte)length],
        < 0x100 => [0x82, 0, (byte)length],
        _ => [0x83, 0, (byte)(length >> 8), (byte)length],
    };

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
