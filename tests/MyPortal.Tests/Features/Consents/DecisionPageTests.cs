using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Features.Consents;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class DecisionPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, Requirement(103)]
    [InlineData("ja-JP"), InlineData("en"), InlineData("ja-Hira")]
    public async Task Nothing_is_chosen_in_advance_and_nothing_chooses_all(string language)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var page = await hanako.Browser.OpenAsync(await midori.BringAsync(hanako.Browser), language);

        page.QuerySelectorAll("main [checked], main [selected]").ShouldBeEmpty();
        page.QuerySelectorAll("main input[type=checkbox]").Select(box => box.GetAttribute("value")).ShouldBe(["recipient-code", "opened"]);
        page.QuerySelectorAll("main [data-all], main script, main meta").ShouldBeEmpty();
    }

    [Fact, Requirement(103)]
    public async Task Yes_no_and_later_are_equal_and_named_in_this_order()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var page = await hanako.Browser.OpenAsync(await midori.BringAsync(hanako.Browser));
        var answers = page.QuerySelectorAll(".answers > *");

        answers.Select(answer => answer.Words()).ShouldBe(["同意する", "同意しない", "あとで決める"]);
        answers.Select(Bare).Distinct(StringComparer.Ordinal).Count().ShouldBe(1, "the same markup, so the same size, weight and distance");
        page.QuerySelectorAll("main form button").ShouldHaveSingleItem().Words().ShouldBe("内容を確認する");
    }

    [Fact]
    public async Task The_page_says_who_asks_what_for_how_long_and_for_which_customer()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var words = (await hanako.Browser.OpenAsync(await midori.BringAsync(hanako.Browser))).QuerySelector("main").Words();

        foreach (var said in new[] { "みどり電力", "0000010000002", "お客さま窓口", "******4821", "検針と請求のお知らせを届けるため", "必須", "これがないと届けられません", "任意", "365日", "28日", "ことわっても不利益はありません" })
        {
            words.ShouldContain(said);
        }
    }

    [Theory]
    [InlineData("", "recipient-code", "みどり電力について、同意する・同意しない・あとで決める、のどれかを選んでください", "answer-agree"),
     InlineData("agree", "opened", "宛先コードはみどり電力の手続きに必要です。渡したくないときは「同意しない」を選んでください", "item-recipient-code")]
    public async Task What_is_missing_is_said_at_its_place_and_nothing_is_decided(string answer, string item, string words, string field)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var address = await midori.BringAsync(hanako.Browser);
        var form = (await hanako.Browser.OpenAsync(address)).QuerySelector("main form")!;

        using var sent = await TestBusiness.SendAsync(hanako.Browser, form, [("answer", answer), ("item", item)]);
        var page = await ReadPage.ParseAsync(sent);

        page.Title!.ShouldStartWith("エラー：");
        var link = page.QuerySelector(".error-summary[role=alert] li a")!;
        link.Words().ShouldBe(words);
        link.GetAttribute("href").ShouldBe($"{address}#{field}");
        page.QuerySelector($"[id='{field}']").ShouldNotBeNull();
        page.QuerySelector($"[id='item-{item}']")!.HasAttribute("checked").ShouldBeTrue("what was ticked stays ticked");
        (await StateAsync(portal)).ShouldBe(ConsentState.Requested);
    }

    [Fact]
    public async Task Every_item_that_is_needed_and_not_ticked_is_named()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var claims = midori.Claims();
        var address = await midori.BringAsync(hanako.Browser, claims with { Items = [.. claims.Items.Select(item => item with { IsRequired = true, Reasons = [new ConsentText("ja", "届けるため")] })] });
        var form = (await hanako.Browser.OpenAsync(address)).QuerySelector("main form")!;

        using var sent = await TestBusiness.SendAsync(hanako.Browser, form, [("answer", "agree")]);
        var page = await ReadPage.ParseAsync(sent);

        page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ShouldBe(["item-recipient-code", "item-opened"]);
        page.QuerySelectorAll("[id^=item-][aria-invalid=true]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Words_of_a_business_that_exist_in_Japanese_only_are_marked_for_English_readers()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var address = await midori.BringAsync(hanako.Browser);

        var page = await hanako.Browser.OpenAsync(address, "en");

        page.QuerySelector("label[for=item-opened]").Words().ShouldContain("開いたかどうか (in Japanese)");
        page.QuerySelectorAll("dd").ShouldContain(value => value.Words() == "To deliver meter readings and bills", "this one was written in English, too");
        (await hanako.Browser.OpenAsync(address)).QuerySelector("main").Words().ShouldNotContain("のみ");
    }

    [Fact]
    public async Task The_check_page_lists_what_goes_and_what_does_not_and_lets_one_change_it()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var form = (await hanako.Browser.OpenAsync(await midori.BringAsync(hanako.Browser))).QuerySelector("main form")!;

        using var sent = await TestBusiness.SendAsync(hanako.Browser, form, [("answer", "agree"), ("item", "recipient-code")]);
        var check = await ReadPage.ParseAsync(sent);

        check.Heading().ShouldBe("答えを確かめる");
        RowOf(check, "渡すもの").ShouldBe("宛先コード");
        RowOf(check, "渡さないもの").ShouldBe("開いたかどうか");
        (await StateAsync(portal)).ShouldBe(ConsentState.Requested, "checking decides nothing");
        var edit = check.QuerySelectorAll("main form").Single(f => f.QuerySelector("button").Words() == "答えを直す");
        using var back = await TestBusiness.SendAsync(hanako.Browser, edit, [("answer", "agree"), ("item", "recipient-code")]);
        var again = await ReadPage.ParseAsync(back);
        again.QuerySelector("#answer-agree")!.HasAttribute("checked").ShouldBeTrue();
        again.QuerySelector("#item-recipient-code")!.HasAttribute("checked").ShouldBeTrue();
        again.QuerySelector("#item-opened")!.HasAttribute("checked").ShouldBeFalse();
    }

    [Fact, Requirement(103)]
    public async Task Ticks_without_agreeing_give_nothing_and_the_refusal_is_kept()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();

        var consent = await midori.AnswerAsync(hanako.Browser, "refuse", ["recipient-code", "opened"]);

        var done = await hanako.Browser.OpenAsync($"/consents/requests/{consent}/done");
        done.Heading().ShouldBe("みどり電力に同意しませんでした");
        RowOf(await hanako.Browser.OpenAsync($"/consents/{consent}/receipt"), "渡すもの").ShouldBe("ありません");
        (await hanako.Browser.OpenAsync("/consents?tab=over")).QuerySelector(".notice-list").Words().ShouldContain("みどり電力");
        await using var db = portal.OpenDatabase();
        (await db.Set<RecipientCode>().CountAsync(Token)).ShouldBe(0);
        (await db.Set<AccessRecord>().SingleAsync(record => record.Event == AccessEvent.ConsentRefused, Token)).ObjectId.ShouldBe(consent);
    }

    [Fact]
    public async Task Deciding_later_keeps_the_request_where_it_is_found_again()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();

        var consent = await midori.AnswerAsync(hanako.Browser, "later");

        (await hanako.Browser.OpenAsync("/")).QuerySelector("[aria-labelledby=requests-title]").Words().ShouldContain("みどり電力");
        (await hanako.Browser.OpenAsync("/")).QuerySelector("nav.services a[href='/consents']").Words().ShouldContain("依頼1件");
        (await hanako.Browser.OpenAsync("/consents")).QuerySelector($"a[href='/consents/requests/{consent}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_request_that_was_decided_is_never_decided_again()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser, "refuse");
        var token = (await hanako.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        token.SetAttribute("action", $"/consents/requests/{consent}/decide");

        using var again = await TestBusiness.SendAsync(hanako.Browser, token, [("answer", "agree"), ("item", "recipient-code")]);

        again.Headers.Location!.OriginalString.ShouldBe($"/consents/requests/{consent}");
        (await hanako.Browser.OpenAsync($"/consents/requests/{consent}")).Heading().ShouldBe("この依頼には、もう答えています");
        (await StateAsync(portal)).ShouldBe(ConsentState.Declined);
    }

    [Fact]
    public async Task A_form_that_stayed_open_in_another_tab_is_told_that_it_is_decided()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser, "refuse");
        var stale = (await hanako.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        stale.SetAttribute("action", $"/consents/requests/{consent}");
        stale.QuerySelector("input[name=_handler]")!.SetAttribute("value", "choose");

        using var sent = await TestBusiness.SendAsync(hanako.Browser, stale, [("answer", "agree"), ("item", "recipient-code")]);

        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadPage.ParseAsync(sent)).Heading().ShouldBe("この依頼には、もう答えています");
        (await StateAsync(portal)).ShouldBe(ConsentState.Declined);
    }

    [Fact]
    public async Task A_request_lapses_after_thirty_days()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var citizen = await portal.EnrolAsync();
        var address = await midori.BringAsync((await portal.SignInAsync(citizen)).Browser);
        portal.Clock.Advance(TimeSpan.FromDays(30));

        var later = await portal.SignInAsync(citizen);

        (await later.Browser.OpenAsync(address)).Heading().ShouldBe("この依頼は期限が過ぎました");
        (await later.Browser.OpenAsync("/consents")).QuerySelector(".empty-state h2").Words().ShouldBe("同意の依頼はありません");
        (await later.Browser.OpenAsync("/consents?tab=over")).QuerySelector(".notice-list").Words().ShouldContain("期限切れ");
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_there()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser);

        foreach (var path in new[] { $"/consents/{consent}", $"/consents/{consent}/receipt", $"/consents/{consent}/withdraw", $"/consents/requests/{consent}", $"/consents/requests/{consent}/done" })
        {
            await taro.Browser.OpenAsync(path, expected: HttpStatusCode.NotFound);
        }
    }

    private static async Task<ConsentState> StateAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return (await db.Set<Consent>().SingleAsync(Token)).State;
    }

    private static string RowOf(IDocument page, string key) => page.QuerySelectorAll(".summary-row").Single(row => row.QuerySelector("dt").Words() == key).QuerySelector("dd").Words();

    private static string Bare(IElement answer) => answer.OuterHtml.Replace(answer.Words(), "", StringComparison.Ordinal)
        .Replace("agree", "", StringComparison.Ordinal).Replace("refuse", "", StringComparison.Ordinal).Replace("later", "", StringComparison.Ordinal);
}
