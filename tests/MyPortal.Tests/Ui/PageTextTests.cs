using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed partial class PageTextTests
{
    private const string Suffix = ".resources";
    private static readonly Assembly Portal = typeof(PageText<>).Assembly;

    public static TheoryData<string> Rooms() =>
        [.. Portal.GetManifestResourceNames().Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Select(n => n[..^Suffix.Length])];

    /// <summary>What only operators read is not written in easy Japanese; they get the Japanese text.</summary>
    public static TheoryData<string> CitizenRooms() => [.. Rooms().Select(r => r.Data).Where(r => LanguagesOf(r).Contains(Language.EasyJapanese))];

    [Theory, MemberData(nameof(Rooms))]
    public void Every_text_is_there_in_every_language_of_its_readers(string room)
    {
        var japanese = TextsOf(room, CultureInfo.InvariantCulture);
        foreach (var language in LanguagesOf(room).Skip(1))
        {
            var texts = TextsOf(room, language.Culture);
            texts.Keys.Order(StringComparer.Ordinal).ShouldBe(japanese.Keys.Order(StringComparer.Ordinal), $"{room} in {language.Name}");
            foreach (var (key, text) in texts)
            {
                Places(text).ShouldBe(Places(japanese[key]), $"{room} {key} in {language.Name}: the numbered places differ");
            }
        }
    }

    [Theory, MemberData(nameof(CitizenRooms))]
    public void Easy_Japanese_has_a_reading_for_every_kanji(string room)
    {
        foreach (var (key, text) in TextsOf(room, Language.EasyJapanese.Culture))
        {
            Kanji().IsMatch(Readings().Replace(text, "")).ShouldBeFalse($"{room} {key}: {text}");
        }
    }

    [Fact]
    public void Every_text_a_page_asks_for_exists()
    {
        var known = Rooms().Select(r => r.Data).ToDictionary(r => r[(r.LastIndexOf('.') + 1)..], r => TextsOf(r, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var asked = 0;
        List<string> missing = [];
        foreach (var file in SourceFiles())
        {
            var source = File.ReadAllText(file);
            foreach (Match injected in Injected().Matches(source))
            {
                var name = @"\b" + injected.Groups["name"].Value;
                foreach (Match use in Regex.Matches(source, name + @"(?:\[|\.Plain\()""(?<key>[^""]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                {
                    asked++;
                    if (!known[injected.Groups["texts"].Value].ContainsKey(use.Groups["key"].Value))
                    {
                        missing.Add($"{Path.GetFileName(file)}: {use.Groups["key"].Value}");
                    }
                }
            }
        }

        asked.ShouldBeGreaterThan(50);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void A_text_nobody_wrote_is_noticed_at_once() =>
        Should.Throw<MissingManifestResourceException>(() => new PageText<UiTexts>().Plain("no.such.text")).Message.ShouldContain("no.such.text");

    private static IReadOnlyList<Language> LanguagesOf(string room) =>
        room.EndsWith("ConsoleTexts", StringComparison.Ordinal) ? [Language.Japanese, Language.English] : [Language.Japanese, Language.English, Language.EasyJapanese];

    private static Dictionary<string, string> TextsOf(string room, CultureInfo culture) =>
        new ResourceManager(room, Portal).GetResourceSet(culture, createIfNotExists: true, tryParents: false)
            .ShouldNotBeNull($"{room} has no texts in '{culture.Name}'")
            .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    private static string Places(string text) =>
        string.Concat(NumberedPlaces().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static IEnumerable<string> SourceFiles([CallerFilePath] string here = "")
    {
        var sources = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "MyPortal"));
        return Directory.EnumerateFiles(sources, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"PageText<(?<texts>\w+)>\s+(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Injected();

    [GeneratedRegex(@"\{\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedPlaces();

    [GeneratedRegex(@"\{[^{}|]+\|[^{}|]+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Readings();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kanji();
}
