using System.Globalization;

namespace MyPortal.Features.Notices;

/// <summary>Which of a notice's languages a reader gets: the page's own, else its parent (easy Japanese → Japanese), else the original.</summary>
internal static class NoticeLanguages
{
    public static T Pick<T>(IReadOnlyList<T> texts, Func<T, string> languageOf, CultureInfo reader)
    {
        foreach (var wanted in (ReadOnlySpan<string>)[reader.Name, reader.TwoLetterISOLanguageName])
        {
            foreach (var text in texts)
            {
                if (string.Equals(languageOf(text), wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return text;
                }
            }
        }

        return texts[0];
    }

    /// <summary>Value of the HTML <c>lang</c> attribute; easy Japanese is Japanese.</summary>
    public static string HtmlLanguageOf(string language) => language.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? "ja" : language;
}
