using System.Text.Json;
using MyPortal.CardAgent.Pages;

namespace MyPortal.CardAgent.Tests.Pages;

/// <summary>The app calls things as the portal does.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("ja", "ja"), InlineData("en", "en"), InlineData("ja-Hira", "easy")]
    public void No_text_holds_a_word_that_was_given_up(string tag, string language)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"Texts.{tag}.json").ShouldNotBeNull();
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file).ShouldNotBeNull();

        texts.Count.ShouldBeGreaterThan(100);
        texts.SelectMany(text => ForbiddenWords.In(language, text.Value).Select(fault => $"{text.Key} {fault}")).ShouldBeEmpty();
    }

    [Fact]
    public void Code_and_secrets_have_the_names_they_have_at_the_portal()
    {
        Texts.In(Language.Japanese).Plain("ask.match").ShouldBe("確認番号");
        Texts.In(Language.English).Plain("ask.match").ShouldBe("Match code");
        Texts.In(Language.EasyJapanese).Plain("ask.match").ShouldBe("確認番号");
        Texts.In(Language.Japanese).Plain("label.pin").ShouldStartWith("4桁の暗証番号");
        Texts.In(Language.Japanese).Plain("label.password").ShouldStartWith("署名用パスワード");
        Texts.In(Language.English).Plain("label.pin").ShouldStartWith("4-digit PIN");
        Texts.In(Language.English).Plain("label.password").ShouldStartWith("Signature password");
    }
}
