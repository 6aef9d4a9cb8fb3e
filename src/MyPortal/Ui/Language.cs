using System.Globalization;

namespace MyPortal.Ui;

/// <summary>A language of the screens. Dates, numbers and sorting stay Japanese in all of them; only the texts change.</summary>
/// <param name="Name">Culture name; also the value of the language cookie.</param>
/// <param name="HtmlLang">Value of the HTML attribute <c>lang</c>. Easy Japanese is still Japanese to a screen reader.</param>
/// <param name="OwnName">What the language calls itself.</param>
/// <param name="ShortName">The same where there is little room.</param>
internal sealed record Language(string Name, string HtmlLang, string OwnName, string ShortName)
{
    public static readonly Language Japanese = new("ja-JP", "ja", "日本語", "日本語");
    public static readonly Language English = new("en", "en", "English", "English");
    public static readonly Language EasyJapanese = new("ja-Hira", "ja", "やさしい にほんご", "やさしい");

    public static readonly IReadOnlyList<Language> All = [Japanese, English, EasyJapanese];

    /// <summary>The language of the request being answered.</summary>
    public static Language Current => Named(CultureInfo.CurrentUICulture.Name) ?? Japanese;

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Name);

    public static Language? Named(string? name) => All.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));
}
