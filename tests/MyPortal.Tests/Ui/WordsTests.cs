using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

/// <summary>One name for one thing on every page, and no word of what does not exist.</summary>
public sealed class WordsTests
{
    private const string Suffix = ".resources";
    private static readonly Assembly Portal = typeof(PageText<>).Assembly;
    private static readonly (Language Language, string Name)[] Languages = [(Language.Japanese, "ja"), (Language.English, "en"), (Language.EasyJapanese, "easy")];

    [Fact]
    public void No_text_of_the_portal_holds_a_word_that_was_given_up()
    {
        var read = 0;
        List<string> found = [];
        foreach (var room in Portal.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).Select(name => name[..^Suffix.Length]))
        {
            foreach (var (language, name) in Languages)
            {
                // The texts without a language in their name are the Japanese ones.
                var culture = language == Language.Japanese ? CultureInfo.InvariantCulture : language.Culture;
                foreach (DictionaryEntry text in new ResourceManager(room, Portal).GetResourceSet(culture, createIfNotExists: true, tryParents: false) ?? (IEnumerable)Array.Empty<DictionaryEntry>())
                {
                    read++;
                    found.AddRange(ForbiddenWords.In(name, (string)text.Value!).Select(fault => $"{room[(room.LastIndexOf('.') + 1)..]} {text.Key} ({name}) {fault}"));
                }
            }
        }

        read.ShouldBeGreaterThan(2000);
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", "Unread（2）"), InlineData("en", "As on the individual number card"), InlineData("en", "Email from MyPortal never contains a link."), InlineData("en", "{0} consents end soon")]
    [InlineData("ja", "照合番号"), InlineData("ja", "数字4けたの暗証番号"), InlineData("ja", "参照番号："), InlineData("ja", "止める")]
    [InlineData("easy", "{代理|だいり}を{止|と}める"), InlineData("easy", "３{回|かい}"), InlineData("easy", "{届|とど}いた {情報|じょうほう}は しまいません。"), InlineData("easy", "{国|くに}や {市|し}")]
    public void A_given_up_word_is_noticed(string language, string text) => ForbiddenWords.In(language, text).ShouldNotBeEmpty();
}
