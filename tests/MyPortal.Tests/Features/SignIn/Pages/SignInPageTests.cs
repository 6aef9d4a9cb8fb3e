using System.Net;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn.Pages;

public sealed class SignInPageTests
{
    [Theory]
    [InlineData("ja-JP", "ログイン – マイ・ポータル", "カードで入る"), InlineData("en", "Log in – MyPortal", "Log in with the card")]
    public async Task The_login_page_offers_the_card_and_the_way_for_new_people(string language, string title, string button)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync("/login", language);

        page.Title.ShouldBe(title);
        page.QuerySelector("form[action='/login/card/start'] .button-primary").Words().ShouldBe(button);
        page.QuerySelectorAll("main .button-primary").Length.ShouldBe(1);
        page.QuerySelector("main a.button[href='/enrol']").ShouldNotBeNull();
        page.QuerySelector("main a[href='/help#pin']").ShouldNotBeNull();
        page.QuerySelectorAll("main input:not([type=hidden])").ShouldBeEmpty("no secret is ever asked for on a page of the portal");
    }

    [Fact]
    public async Task The_enrolment_page_says_what_is_needed_what_happens_and_what_is_kept()
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync("/enrol");

        page.QuerySelectorAll("main h2").Select(h => h.Words()).ShouldBe(["用意するもの", "登録の流れ", "マイ・ポータルが持つもの・持たないもの"]);
        page.QuerySelectorAll("main ol.steps > li").Length.ShouldBe(3);
        page.QuerySelector("form[action='/enrol/card/start'] .button-primary").Words().ShouldBe("登録をはじめる");
        page.QuerySelector("main a[href='/login']").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/login", "カードで確認する", 1), InlineData("/enrol", "カードで登録する", 2)]
    public async Task The_card_page_shows_the_number_to_compare_and_the_secrets_to_use(string start, string heading, int secrets)
    {
        await using var portal = await TestPortal.StartAsync();
        var browser = portal.Browser();
        using var answer = await browser.SubmitAsync((await browser.OpenAsync(start)).QuerySelector("main form")!);

        var page = await browser.OpenAsync(answer.Headers.Location!.OriginalString);

        page.Heading().ShouldBe(heading);
        page.QuerySelector(".match-code-value").Words().ShouldMatch("^[0-9A-Z]{2}-[0-9]{2}$");
        page.QuerySelector("a.button-primary")!.GetAttribute("href")!.ShouldStartWith("http://127.0.0.1:5081/sign?tx=");
        page.QuerySelectorAll(".pin-hint").Length.ShouldBe(secrets);
        page.QuerySelectorAll(".pin-hint details").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("/login/card", "ログインをやり直す", "/login"), InlineData("/enrol/card", "利用登録をやり直す", "/enrol")]
    public async Task A_card_page_of_somebody_else_or_of_yesterday_only_leads_back_to_the_start(string path, string words, string start)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync($"{path}/{Guid.NewGuid()}");

        page.Heading().ShouldBe("この確認は終わりました");
        page.QuerySelector("main a.button")!.Words().ShouldBe(words);
        page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe(start);
        page.QuerySelector(".match-code").ShouldBeNull();
    }

    [Theory]
    [InlineData("card.not-enrolled", "まだ利用登録されていません", "/enrol")]
    [InlineData("card.already-enrolled", "もう利用登録がすんでいます", "/login")]
    [InlineData("card.certificate-not-valid", "期限が切れたか", "/help#renew")]
    [InlineData("card.issuer-unavailable", "カードに問題があるわけではありません", "/login")]
    [InlineData("card.not-accepted", "署名を確かめられなかった", "/login")]
    [InlineData("card.transaction-over", "もう終わっています", "/login")]
    [InlineData("card.other-browser", "別のブラウザー", "/login")]
    [InlineData("card.blocked", "なくしたという届け出", "/help#contact")]
    public async Task Each_refusal_has_its_own_words_and_its_own_next_step(string code, string words, string next)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync($"/login/problem/{code}");

        page.QuerySelector("main .lead").Words().ShouldContain(words);
        page.QuerySelectorAll("main .button-primary").ShouldHaveSingleItem().GetAttribute("href").ShouldBe(next);
        page.QuerySelector("main").Words().ShouldNotContain(code, customMessage: "the code of a refusal is no number to tell anybody");
    }

    [Theory]
    [InlineData("enrol", "card.transaction-over", "利用登録の画面に戻る", "/enrol")]
    [InlineData("enrol", "card.issuer-unavailable", "利用登録の画面に戻る", "/enrol")]
    [InlineData("enrol", "card.already-enrolled", "ログインの画面に戻る", "/login")]
    [InlineData("enrol", "card.person-enrolled", "ログインの画面に戻る", "/login")]
    [InlineData("step-up", "card.transaction-over", "確認の画面に戻る", "/step-up")]
    [InlineData("step-up", "card.other-person", "ログインの画面に戻る", "/login")]
    [InlineData("sign", "card.transaction-over", "ホームに戻る", "/")]
    [InlineData("login", "card.transaction-over", "ログインの画面に戻る", "/login")]
    [InlineData("https://evil.example", "card.transaction-over", "ログインの画面に戻る", "/login")]
    public async Task A_refusal_leads_back_to_what_the_card_was_asked_for(string what, string code, string words, string next)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync($"/login/problem/{code}?for={Uri.EscapeDataString(what)}");

        var button = page.QuerySelectorAll("main .button-primary").ShouldHaveSingleItem();
        (button.Words(), button.GetAttribute("href")).ShouldBe((words, next));
    }

    [Theory]
    [InlineData("/login", "login"), InlineData("/enrol", "enrol")]
    public async Task The_app_is_told_what_for_so_that_it_leads_back_there(string start, string what)
    {
        await using var portal = await TestPortal.StartAsync();
        var browser = portal.Browser();
        using var answer = await browser.SubmitAsync((await browser.OpenAsync(start)).QuerySelector("main form")!);

        (await browser.OpenAsync(answer.Headers.Location!.OriginalString)).QuerySelector("a.button-primary")!.GetAttribute("href")!.ShouldEndWith($"&for={what}");
    }

    [Theory]
    [InlineData("bogus"), InlineData("title"), InlineData("<b>x</b>")]
    public async Task A_code_that_nobody_knows_is_not_repeated(string code)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync("/login/problem/" + Uri.EscapeDataString(code), expected: HttpStatusCode.OK);

        page.QuerySelector("main .lead").Words().ShouldBe("うまくいきませんでした。何も変わっていません。");
        page.QuerySelector("main code").ShouldBeNull();
    }

    [Theory]
    [InlineData("/login"), InlineData("/enrol"), InlineData("/login/problem/card.not-enrolled"), InlineData("/help"), InlineData("/")]
    public async Task Easy_Japanese_has_a_reading_above_every_kanji(string path)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await portal.Browser().OpenAsync(path, "ja-Hira");

        foreach (var ruby in page.QuerySelectorAll("ruby"))
        {
            ruby.Remove();
        }

        page.QuerySelector("main").Words().ShouldAllBe(letter => letter < '一' || letter > '龯');
    }
}
