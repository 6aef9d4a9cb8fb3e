using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>A text that is shown whole before it is signed.</summary>
/// <param name="Role">As whom the person signs.</param>
/// <param name="Lines">The words, line by line.</param>
internal sealed record ShownText(SigningRole Role, IReadOnlyList<string> Lines)
{
    private const int ZeroWidthJoiner = 0x200D;

    // Letters and marks without ink: joiners of graphemes and the fillers of Hangul, Khmer and Mongolian.
    private static readonly int[] Fillers = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Null unless the bytes are what the document's statement names, and plain text: a character that hides or turns others would let
    /// a person sign something else than is read.
    /// </summary>
    public static ShownText? Read(SignedStatement? statement, byte[]? bytes)
    {
        if (statement is not { MediaType: SignedStatement.PlainText } || bytes is null || bytes.Length == 0 || bytes.Length != statement.Length) return null;
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != statement.Sha256) return null;

        try
        {
            var text = Strict.GetString(bytes);
            Rune[] runes = [.. text.EnumerateRunes()];
            return Enumerable.Range(0, runes.Length).All(at => IsVisible(runes, at)) ? new ShownText(statement.Role, text.Split('\n')) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsVisible(Rune[] runes, int at)
    {
        var rune = runes[at];
        if (rune.Value is ZeroWidthJoiner) return at > 0 && at + 1 < runes.Length && IsPicture(runes[at + 1]) && (IsPicture(runes[at - 1]) || IsSelector(runes[at - 1]));
        if (IsSelector(rune)) return at > 0 && (IsPicture(runes[at - 1]) || IsHan(runes[at - 1]));
        return rune.Value == '\n' || !(Fillers.Contains(rune.Value) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
    }

    // What chooses the form of the character before it, and may stand behind a Han character or a picture only.
    private static bool IsSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsHan(Rune rune) => rune.Value is 0x3007 or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsPicture(Rune rune) =>
        rune.Value >= 0x2000 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol;
}
