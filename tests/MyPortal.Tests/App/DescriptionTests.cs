using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.App;

/// <summary>Every page says in a sentence what it is for, in its own language and without a word about anybody.</summary>
public sealed class DescriptionTests
{
    [Theory]
    [InlineData("ja-JP"), InlineData("en"), InlineData("ja-Hira")]
    public async Task Pages_for_everybody_describe_themselves(string language)
    {
        await using var portal = await TestPortal.StartAsync();
        var browser = portal.Browser();
        List<string> own = [];
        foreach (var path in new[] { "/", "/login", "/enrol", "/help", "/consents/problem" })
        {
            own.Add(DescriptionOf(await browser.OpenAsync(path, language)));
        }

        own.Distinct(StringComparer.Ordinal).Count().ShouldBe(own.Count, "each page has its own");
        own.ShouldAllBe(text => text.Length >= 30 && !text.Contains('{', StringComparison.Ordinal));
        own.ShouldAllBe(text => text.Any(letter => letter > '\u3000') == (language != "en"));
        DescriptionOf(await browser.OpenAsync("/login/problem/card.not-enrolled", language)).ShouldNotBeEmpty();
        DescriptionOf(await browser.OpenAsync("/no/such/page", language, System.Net.HttpStatusCode.NotFound)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Pages_of_a_person_are_described_by_the_product_alone()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        List<string> descriptions = [];
        foreach (var path in new[] { "/", "/inbox", "/account", "/consents", "/proxy", "/access-log" })
        {
            descriptions.Add(DescriptionOf(await hanako.Browser.OpenAsync(path)));
        }

        descriptions.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldStartWith("マイ・ポータルは、");
    }

    private static string DescriptionOf(AngleSharp.Dom.IDocument page) =>
        page.QuerySelectorAll("head meta[name=description]").ShouldHaveSingleItem().GetAttribute("content").ShouldNotBeNull();
}
