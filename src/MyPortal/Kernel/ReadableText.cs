using System.Buffers;
using System.Globalization;
using System.Text;

namespace MyPortal.Kernel;

/// <summary>What keeps a text from being shown to people, in the order in which faults are named.</summary>
internal enum TextViolation
{
    /// <summary>Nothing of it can be seen.</summary>
    Blank,

    TooLong,

    /// <summary>A control character, or a line break where one line is wanted.</summary>
    ControlCharacter,

    /// <summary>A character that is not seen or turns the direction of others: overrides, isolates, zero width, tags, unassigned, private.</summary>
    HiddenCharacter,

    /// <summary>More marks on one character than any script needs; they would cover the lines around it.</summary>
    StackedCharacters,
}

/// <summary>
/// The one rule for texts that somebody writes and somebody else reads. Lengths are counted in text elements (UAX #29), as people
/// count. What is taken is what is seen: there are no direction controls, no zero-width or tag characters and no fillers, except the
/// joiner inside an emoji and a variation selector after a Han character or an emoji.
/// </summary>
internal static class ReadableText
{
    /// <summary>UTF-16 code units a column needs for each counted element; longer texts are too long even when they have few elements.</summary>
    public const int UnitsPerElement = 4;

    private const int MostInElement = 8;
    private const int ZeroWidthJoiner = 0x200D;
    private const int EmojiStyle = 0xFE0F;
    private const int TextStyle = 0xFE0E;
    private const int Keycap = 0x20E3;

    // Default_Ignorable_Code_Point without those of the categories Cf and Cn and without variation selectors.
    private static readonly SearchValues<char> Ignorable = SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u3164\uFFA0");

    // Symbols and letters without ink: the braille blank, the place of an object, the blanks of music and of hieroglyphs.
    private static readonly int[] WithoutInk = [0x2800, 0xFFFC, 0x13441, 0x13442, 0x1D159];

    /// <summary>Whether a text is one line that can be shown: something visible, nothing hidden, not too long.</summary>
    public static bool IsLine(string? text, int longest) => text is not null && ViolationsInLine(text, longest).Count is 0;

    /// <summary>What is wrong with a text of one line.</summary>
    public static IReadOnlyCollection<TextViolation> ViolationsInLine(string text, int longest) => ViolationsIn(text, longest, isBlock: false);

    /// <summary>What is wrong with a text that may have line breaks and tabs.</summary>
    public static IReadOnlyCollection<TextViolation> ViolationsInBlock(string text, int longest) => ViolationsIn(text, longest, isBlock: true);

    private static SortedSet<TextViolation> ViolationsIn(string text, int longest, bool isBlock)
    {
        var violations = new SortedSet<TextViolation>();
        var (elements, isVisible) = (0, false);
        for (var rest = text.AsSpan(); !rest.IsEmpty; elements++)
        {
            var length = StringInfo.GetNextTextElementLength(rest);
            isVisible |= Check(rest[..length], isBlock, violations);
            rest = rest[length..];
        }

        if (!isVisible)
        {
            violations.Add(TextViolation.Blank);
        }

        if (elements > longest || text.Length > longest * UnitsPerElement)
        {
            violations.Add(TextViolation.TooLong);
        }

        return violations;
    }

    // Whether something of the element can be seen.
    private static bool Check(ReadOnlySpan<char> element, bool isBlock, SortedSet<TextViolation> violations)
    {
        var (count, before, isVisible) = (0, default(Rune), false);
        for (var rest = element; !rest.IsEmpty; count++)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) is OperationStatus.Done;
            rest = rest[length..];
            Rune.DecodeFromUtf16(rest, out var next, out _);
            if (!isWhole || IsHidden(rune, before, rest.IsEmpty ? default : next))
            {
                violations.Add(TextViolation.HiddenCharacter);
            }
            else if (IsControl(rune, isBlock))
            {
                violations.Add(TextViolation.ControlCharacter);
            }
            else
            {
                isVisible |= HasInk(rune);
            }

            before = rune;
        }

        if (count > MostInElement)
        {
            violations.Add(TextViolation.StackedCharacters);
        }

        return isVisible;
    }

    private static bool IsControl(Rune rune, bool isBlock) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !(isBlock && rune.Value is '\n' or '\r' or '\t'),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => false,
    };

    private static bool IsHidden(Rune rune, Rune before, Rune next)
    {
        if (rune.Value is ZeroWidthJoiner)
        {
            // An element goes on after a joiner only in an emoji, and in Indic conjuncts, whose next character is a letter.
            return !IsSymbol(next);
        }

        if (IsVariationSelector(rune))
        {
            return !(IsHan(before) || (rune.Value is EmojiStyle or TextStyle && HasTwoStyles(before, next)));
        }

        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
            || (rune.IsBmp && Ignorable.Contains((char)rune.Value));
    }

    private static bool HasInk(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark)
        && !WithoutInk.Contains(rune.Value);

    /// <summary>Whether a code point only chooses the form of the one before it.</summary>
    public static bool IsVariationSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= EmojiStyle) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsHan(Rune rune) =>
        rune.Value is 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    // Emoji have a text style and a picture style; digits have them as keys only.
    private static bool HasTwoStyles(Rune before, Rune next) =>
        IsSymbol(before) || before.Value is 0x203C or 0x2049 or 0x3030 || (before.Value is (>= '0' and <= '9') or '#' or '*' && next.Value is Keycap);

    // Signs of mathematics and accents below it are no emoji; © and ® are.
    private static bool IsSymbol(Rune rune) =>
        rune.Value is 0xA9 or 0xAE or >= 0x2000
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol;
}
