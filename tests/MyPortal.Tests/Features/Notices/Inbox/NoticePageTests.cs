using System.Net;
using AngleSharp.Dom;
using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class NoticePageTests
{
    private const string Body = "## 金額\n\n| 税目 | 金額 |\n| --- | --- |\n| 固定資産税 | 28,400円 |\n\n- 窓口で払えます";

    [Fact]
    public async Task A_notice_tells_who_what_until_when_and_why()
    {
        await using var portal = await TestPortal.StartAsync();
        var (browser, path) = await DeliverAsync(portal, letter => letter with { DueOn = new DateOnly(2030, 11, 30), Concerns = "あなたの家屋", Type = NoticeType.Bill });

        var page = await browser.OpenAsync(path);

        page.Title.ShouldBe("固定資産税のお知らせ – 受信箱 – マイ・ポータル");
        page.Heading().ShouldBe("固定資産税のお知らせ");
        page.QuerySelector("a.back-link")!.GetAttribute("href").ShouldBe("/inbox");
        page.QuerySelector(".notice-from").Words().ShouldBe("さくら市 行政 確認ずみの送信元");
        page.QuerySelector(".notice-facts").Words().ShouldContain("対象：あなたの家屋");
        page.QuerySelectorAll(".notice-todo p").Select(p => p.Words()).ShouldBe(["令和12年11月30日（2030年11月30日）までに支払いが必要です。金額と支払い方は、下の本文にあります。", "済みにするまで、ホームに表示します。送信元には伝わりません。"]);
        page.QuerySelector(".notice-todo form button").Words().ShouldBe("済みにする");
        page.QuerySelector(".notice-about").Words().ShouldContain("種類 請求（お知らせ）");
        page.QuerySelector(".notice-about").Words().ShouldContain("開いたかどうかは伝わりません");
        page.QuerySelector(".prose td").Words().ShouldBe("固定資産税");
        page.QuerySelector(".prose li").Words().ShouldBe("窓口で払えます");
        page.QuerySelectorAll("[style]").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_notice_just_opened_no_longer_counts_as_unread_in_the_frame()
    {
        await using var portal = await TestPortal.StartAsync();
        var (browser, path) = await DeliverAsync(portal, letter => letter);
        (await browser.OpenAsync("/inbox")).QuerySelector("nav.services").Words().ShouldContain("受信箱 1");

        var page = await browser.OpenAsync(path);

        page.QuerySelector("nav.services").Words().ShouldNotContain("1");
    }

    [Fact]
    public async Task Without_a_due_date_there_is_nothing_to_do() =>
        await OnPageAsync(letter => letter, page => page.QuerySelector(".notice-todo").ShouldBeNull());

    [Fact]
    public async Task A_due_date_that_has_passed_is_not_asked_for_any_more() =>
        await OnPageAsync(
            letter => letter with { DueOn = new DateOnly(2030, 11, 30) },
            page => page.QuerySelector(".notice-todo").Words().ShouldContain("過ぎています"),
            portal => portal.Clock.Advance(new DateTimeOffset(2030, 12, 1, 0, 0, 0, TimeSpan.FromHours(9)) - portal.Clock.GetUtcNow()));

    [Fact]
    public async Task On_the_last_day_itself_there_is_still_time() =>
        await OnPageAsync(
            letter => letter with { DueOn = new DateOnly(2030, 11, 30) },
            page => page.QuerySelector(".notice-todo").Words().ShouldContain("までに"),
            portal => portal.Clock.Advance(new DateTimeOffset(2030, 11, 30, 23, 59, 59, TimeSpan.FromHours(9)) - portal.Clock.GetUtcNow()));

    [Fact]
    public async Task A_notice_in_another_language_says_so_and_is_marked()
    {
        await using var portal = await TestPortal.StartAsync();
        var (browser, path) = await DeliverAsync(portal, letter => letter);

        var page = await browser.OpenAsync(path, "en");

        page.QuerySelector("h1 > span")!.GetAttribute("lang").ShouldBe("ja");
        page.QuerySelector("h1").Words().ShouldBe("固定資産税のお知らせ (in Japanese)");
        page.QuerySelector(".table-box")!.GetAttribute("aria-label").ShouldBe("Table 1");
        page.QuerySelector(".table-box")!.GetAttribute("lang").ShouldBe("en");
        page.QuerySelector(".prose")!.GetAttribute("lang").ShouldBe("ja");
        page.QuerySelector(".notice-body .hint").Words().ShouldBe("The sender wrote this notice in another language only. It is shown as it was written.");
        (await browser.OpenAsync(path)).QuerySelector(".notice-body .hint").ShouldBeNull();
    }

    [Theory]
    [InlineData("ja-JP", "このお知らせは見られません"), InlineData("en", "This notice cannot be shown")]
    public async Task What_is_not_there_and_what_is_not_ones_own_look_the_same(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, path) = await DeliverAsync(portal, letter => letter);
        var stranger = await portal.SignInAsync();

        foreach (var asked in new[] { path, $"/inbox/{Guid.Empty}" })
        {
            var page = await stranger.Browser.OpenAsync(asked, language, HttpStatusCode.NotFound);

            page.Heading().ShouldBe(words);
            page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe("/inbox");
            page.QuerySelector("main").Words().ShouldNotContain("固定資産税");
        }
    }

    private static async Task OnPageAsync(Func<PostNotice, PostNotice> change, Action<IDocument> look, Action<TestPortal>? meanwhile = null)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var citizen = await portal.EnrolAsync();
        using var posted = await city.PostAsync(change(TestSender.Letter(await city.CodeOfAsync(citizen), "固定資産税のお知らせ", Body)));
        posted.EnsureSuccessStatusCode();
        meanwhile?.Invoke(portal);
        var hanako = await portal.SignInAsync(citizen);
        look(await hanako.Browser.OpenAsync((await hanako.Browser.OpenAsync("/inbox")).QuerySelector(".notice-row a")!.GetAttribute("href")!));
    }

    private static async Task<(HttpClient Browser, string Path)> DeliverAsync(TestPortal portal, Func<PostNotice, PostNotice> change)
    {
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        using var posted = await city.PostAsync(change(TestSender.Letter(await city.CodeOfAsync(hanako.Citizen), "固定資産税のお知らせ", Body)));
        posted.EnsureSuccessStatusCode();
        return (hanako.Browser, (await hanako.Browser.OpenAsync("/inbox")).QuerySelector(".notice-row a")!.GetAttribute("href")!);
    }
}
