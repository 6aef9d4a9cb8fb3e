namespace MyPortal.Kernel;

/// <summary>
/// Crockford's base32 for codes that people and senders handle: no I, L, O, U; big-endian; reading forgives case, hyphens,
/// spaces and the usual mix-ups, writing is always canonical.
/// </summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Writes bytes as base32; 16 bytes give 26 characters, the two spare bits in front are zero.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var length = ((bytes.Length * 8) + 4) / 5;
        return string.Create(length, bytes.ToArray(), static (characters, source) =>
        {
            var spare = (characters.Length * 5) - (source.Length * 8);
            for (var i = 0; i < characters.Length; i++)
            {
                characters[i] = Alphabet[FiveBits(source, (i * 5) - spare)];
            }
        });
    }

    /// <summary>Reads exactly <paramref name="byteCount"/> bytes; false when a character is foreign, the length is off or a spare bit is set.</summary>
    public static bool TryRead(string? text, int byteCount, out byte[] bytes)
    {
        bytes = new byte[byteCount];
        var length = ((byteCount * 8) + 4) / 5;
        var bit = (byteCount * 8) - (length * 5);
        var seen = 0;
        foreach (var character in text ?? "")
        {
            if (character is '-' or ' ')
            {
                continue;
            }

            var value = ValueOf(character);
            if (value < 0 || ++seen > length)
            {
                return false;
            }

            for (var i = 4; i >= 0; i--, bit++)
            {
                if (((value >> i) & 1) == 0)
                {
                    continue;
                }

                if (bit < 0)
                {
                    return false;
                }

                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            }
        }

        return seen == length;
    }

    private static int FiveBits(byte[] source, int firstBit)
    {
        var value = 0;
        for (var bit = firstBit; bit < firstBit + 5; bit++)
        {
            value = (value << 1) | (bit < 0 ? 0 : (source[bit / 8] >> (7 - (bit % 8))) & 1);
        }

        return value;
    }

    private static int ValueOf(char character) => char.ToUpperInvariant(character) switch
    {
        'O' => 0,
        'I' or 'L' => 1,
        var known => Alphabet.IndexOf(known, StringComparison.Ordinal),
    };
}
