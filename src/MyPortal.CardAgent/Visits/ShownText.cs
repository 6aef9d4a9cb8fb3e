using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Visits;

/// <summary>A text that is shown whole before it is signed.</summary>
/// <param name="Role">As whom the person signs.</param>
/// <param name="Lines">The words, line by line.</param>
internal sealed record ShownText(SigningRole Role, IReadOnlyList<string> Lines)
{
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
            return text.EnumerateRunes().All(IsVisible) ? new ShownText(statement.Role, text.Split('\n')) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsVisible(Rune rune) =>
        rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned);
}
