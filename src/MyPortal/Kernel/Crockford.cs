using System.Globalization;
using System.Text;

namespace MyPortal.Kernel;

/// <summary>
/// Crockford's base32 for codes that people and senders handle: no I, L, O, U; big-endian. Reading forgives case, width, every dash and
/// blank that a Japanese keyboard makes, and the usual mix-ups; writing is always canonical.
/// </summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // What a person types is a few characters more than the code; the rest is not worth normalising.
    private const int LongestTyped = 500;

    // Not of the category of dashes, but what the same keys make: minus, prolonged sound mark, lines of boxes, the wave in its other width.
    private const string OtherDashes = "\u2212\u30FC\u2500\u2501~";

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
        foreach (var character in Typed(text))
        {
            if (IsSeparator(character))
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

    // Full-width letters and digits, and half-width kana with their marks, become the ordinary ones.
    private static string Typed(string? text)
    {
        if (text is not { Length: > 0 and <= LongestTyped })
        {
            return "";
        }

        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair.
            return text;
        }
    }

    private static bool IsSeparator(char character) =>
        char.IsWhiteSpace(character)
        || OtherDashes.Contains(character, StringComparison.Ordinal)
        || char.GetUnicodeCategory(character) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

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
