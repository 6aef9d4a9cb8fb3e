namespace MyPortal.CardAgent.Pages;

/// <summary>A language of the pages.</summary>
/// <param name="Tag">Value of the query <c>ui</c>.</param>
/// <param name="HtmlLanguage">Value of the lang attribute: easy Japanese is Japanese.</param>
internal sealed record Language(string Tag, string HtmlLanguage)
{
    public static Language Japanese { get; } = new("ja", "ja");

    public static Language English { get; } = new("en", "en");

    public static Language EasyJapanese { get; } = new("ja-Hira", "ja");

    public static IReadOnlyList<Language> All { get; } = [Japanese, English, EasyJapanese];

    public static Language Choose(string? tag) => All.FirstOrDefault(language => language.Tag == tag) ?? Japanese;
}
