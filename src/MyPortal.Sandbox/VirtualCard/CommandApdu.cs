namespace MyPortal.Sandbox.VirtualCard;

/// <summary>A short command APDU (ISO/IEC 7816-3), taken apart.</summary>
/// <param name="Class">CLA.</param>
/// <param name="Instruction">INS.</param>
/// <param name="P1">First parameter.</param>
/// <param name="P2">Second parameter.</param>
/// <param name="Data">Command data, possibly empty.</param>
/// <param name="Expected">Number of bytes expected, 1 to 256; 0 when none.</param>
internal readonly record struct CommandApdu(byte Class, byte Instruction, byte P1, byte P2, ReadOnlyMemory<byte> Data, int Expected)
{
    private const int HeaderLength = 4;

    /// <summary>Null when the lengths do not fit; extended lengths are not spoken by this card.</summary>
    public static CommandApdu? Parse(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeaderLength) return null;
        var header = new CommandApdu(span[0], span[1], span[2], span[3], ReadOnlyMemory<byte>.Empty, 0);
        if (span.Length == HeaderLength) return header;
        if (span.Length == HeaderLength + 1) return header with { Expected = LengthOf(span[HeaderLength]) };

        var dataLength = (int)span[HeaderLength];
        var rest = span.Length - HeaderLength - 1 - dataLength;
        if (dataLength == 0 || rest is < 0 or > 1) return null;
        return header with { Data = bytes.Slice(HeaderLength + 1, dataLength), Expected = rest == 1 ? LengthOf(span[^1]) : 0 };
    }

    private static int LengthOf(byte encoded) => encoded == 0 ? 256 : encoded;
}
