using System.Net;

namespace MyPortal.Tests.App;

public sealed class RequestLanguageTests
{
    [Theory]
    [InlineData(null, null, "ja", "困ったときは")]
    [InlineData(null, "ja,en-US;q=0.9,en;q=0.8", "ja", "困ったときは")]
    [InlineData(null, "en-GB,ja;q=0.5", "en", "Help")]
    [InlineData(null, "fr;q=0.9, en;q=0.3", "en", "Help")]
    [InlineData(null, "fr", "ja", "困ったときは")]
    [InlineData(null, ";;,=,q", "ja", "困ったときは")]
    [InlineData("en", "ja", "en", "Help")]
    [InlineData("ja-Hira", "en", "ja", "<rt>こま</rt>")]
    [InlineData("JA-hira", null, "ja", "<rt>こま</rt>")]
    [InlineData(null, "ja-hira", "ja", "<rt>こま</rt>")]
    [InlineData(null, "EN", "en", "Help")]
    [InlineData("../../etc", "en", "en", "Help")]
    public async Task The_visitors_choice_wins_then_the_browser_then_Japanese(string? cookie, string? accept, string lang, string words)
    {
        await using var host = await LayoutHost.StartAsync();
        var browser = host.Browser(cookie);
        if (accept is not null)
        {
            browser.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accept);
        }

        var page = await browser.GetStringAsync("/help", TestContext.Current.CancellationToken);

        page.ShouldContain($"<html lang=\"{lang}\">");
        page.ShouldContain(words);
    }

    [Fact]
    public async Task Choosing_a_language_is_remembered_and_leads_back()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/language?to=en&return=%2Fhelp%3Fa%3Db");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/help?a=b");
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("language=en;");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("httponly");
    }

    [Fact]
    public async Task In_the_live_world_the_cookie_obeys_the_rules_of_all_others()
    {
        await using var host = await LayoutHost.StartAsync(mode: "Live");
        using var answer = await host.GetAsync("/language?to=EN");
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();

        cookie.ShouldStartWith("__Host-language=en;");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("path=/;");
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", "__Host-language=en");
        (await browser.GetStringAsync("/help", TestContext.Current.CancellationToken)).ShouldContain("<html lang=\"en\">");
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("/\t/evil.example"), InlineData("javascript:x"), InlineData("")]
    public async Task It_never_leads_to_another_site(string back)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync($"/language?to=en&return={Uri.EscapeDataString(back)}");

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task An_unknown_language_is_refused()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/language?to=xx");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task The_menu_names_each_language_in_itself_and_comes_back_to_this_page()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = await host.ReadAsync("/help?a=1&b=2");

        page.ShouldContain("""<a href="/language?to=en&amp;return=%2Fhelp%3Fa%3D1%26b%3D2" lang="en" hreflang="en" data-enhance-nav="false">English</a>""");
        page.ShouldContain("やさしい にほんご");
    }
}
