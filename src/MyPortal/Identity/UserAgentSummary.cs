namespace MyPortal.Identity;

/// <summary>Shortens a User-Agent header to kind of device and browser; nothing finer is kept.</summary>
internal static class UserAgentSummary
{
    private static readonly (string Mark, string Word)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    // Order matters: most browsers also name the ones they imitate.
    private static readonly (string Mark, string Word)[] Browsers =
        [("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari")];

    public static string Of(string? userAgent)
    {
        var system = WordIn(userAgent, Systems);
        var browser = WordIn(userAgent, Browsers);
        return string.Join(" / ", new[] { system, browser }.OfType<string>());
    }

    private static string? WordIn(string? userAgent, (string Mark, string Word)[] known) =>
        known.FirstOrDefault(entry => userAgent?.Contains(entry.Mark, StringComparison.Ordinal) is true).Word;
}
