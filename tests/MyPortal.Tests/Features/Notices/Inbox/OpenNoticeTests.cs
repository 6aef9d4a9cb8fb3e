using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Features.Notices.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class OpenNoticeTests
{
    [Theory, EveryDatabase]
    public async Task Eight_tabs_that_open_one_notice_at_once_count_it_down_once(Engine engine)
    {
        using var watch = new DatabaseWatch();
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen);
        await city.SendAsync(hanako.Citizen);

        await using var holding = portal.OpenDatabase();
        await using var held = await holding.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await holding.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.Unread, mailbox => mailbox.Unread), TestContext.Current.CancellationToken);
        watch.Watch(portal);
        var tabs = Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(portal, hanako, notice.Id))).ToList();

        await Wait.UntilAsync(() => watch.ReadsOf("Notices") >= 8);
        tabs.ShouldAllBe(tab => !tab.IsCompleted, "all have read that it is unread, and none has counted it down");
        await held.CommitAsync(TestContext.Current.CancellationToken);
        var opened = await Task.WhenAll(tabs);

        opened.ShouldAllBe(result => !result.IsRefused);
        await using var db = portal.OpenDatabase();
        (await db.Set<Mailbox>().SingleAsync(TestContext.Current.CancellationToken)).Unread.ShouldBe(1);
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.NoticeOpened && record.ObjectId == notice.Id, TestContext.Current.CancellationToken)).ShouldBe(8, "every look is recorded");
    }

    [Theory, EveryDatabase]
    public async Task Opening_again_keeps_the_first_instant(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = portal.Clock.GetUtcNow();

        await OpenAsync(portal, hanako, notice.Id);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        var again = await OpenAsync(portal, hanako, notice.Id);

        again.Value.FirstOpenedAt.ShouldBe(first);
        await using var db = portal.OpenDatabase();
        var stored = await db.Set<Notice>().SingleAsync(TestContext.Current.CancellationToken);
        (stored.FirstOpenedAt, stored.IsUnread).ShouldBe((first, false));
    }

    [Fact]
    public async Task Another_citizens_notice_is_as_good_as_none_and_stays_unread()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen);

        (await OpenAsync(portal, taro, notice.Id)).Error.ShouldBe((await OpenAsync(portal, taro, Guid.NewGuid())).Error);

        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().SingleAsync(TestContext.Current.CancellationToken)).IsUnread.ShouldBeTrue();
    }

    [Theory]
    [InlineData("HEAD", null, null)]
    [InlineData("GET", "Sec-Purpose", "prefetch")]
    [InlineData("GET", "Sec-Purpose", "prefetch;prerender")]
    [InlineData("GET", "Purpose", "prefetch")]
    public async Task A_program_that_looks_ahead_does_not_read(string method, string? header, string? value)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen, title: "秘密の題名");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/inbox/{notice.Id}");
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        using var answer = await hanako.Browser.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("秘密の題名");
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().SingleAsync(TestContext.Current.CancellationToken)).IsUnread.ShouldBeTrue();
        (await db.Set<Mailbox>().SingleAsync(TestContext.Current.CancellationToken)).Unread.ShouldBe(1);
    }

    [Theory]
    [InlineData("ja-JP", "にほんのだいめい", "ja"), InlineData("en", "English title", "en"), InlineData("ja-Hira", "やさしい だいめい", "ja")]
    public async Task A_reader_gets_the_notice_in_the_language_of_the_page(string language, string title, string html)
    {
        var (list, page) = await ReadInAsync(language, new NoticeContent("ja", "にほんのだいめい", "本文"), new NoticeContent("en", "English title", "Text"), new NoticeContent("ja-Hira", "やさしい だいめい", "ほんぶん"));

        list.ShouldContain($"<span lang=\"{html}\">{title}</span>");
        page.ShouldContain($"<h1 tabindex=\"-1\"><span lang=\"{html}\">{title}</span></h1>");
    }

    [Theory]
    [InlineData("ja-Hira", "日本の題名", "easy Japanese falls back to Japanese")]
    [InlineData("en", "日本の題名", "what is missing falls back to the original")]
    public async Task A_reader_of_a_missing_language_gets_the_nearest(string language, string title, string reason)
    {
        var (list, page) = await ReadInAsync(language, new NoticeContent("ja", "日本の題名", "本文"));

        list.ShouldContain(title, customMessage: reason);
        page.ShouldContain(title, customMessage: reason);
    }

    [Fact]
    public async Task New_is_what_came_since_the_previous_visit_and_is_unread()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var citizen = await portal.EnrolAsync();
        await city.SendAsync(citizen, "前からある");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await portal.SignInAsync(citizen);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await city.SendAsync(citizen, "そのあと来た");
        var opened = await city.SendAsync(citizen, "もう読んだ");
        await OpenAsync(portal, before, opened.Id);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var now = await portal.SignInAsync(citizen);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await city.SendAsync(citizen, "たった今");

        var list = await portal.Get<ListInbox>().ExecuteAsync(now.Viewer, new InboxQuery(InboxTab.All), TestContext.Current.CancellationToken);

        list.Rows.Select(row => (row.Title, row.IsNew, row.IsUnread)).ShouldBe(
            [("たった今", true, true), ("もう読んだ", false, false), ("そのあと来た", true, true), ("前からある", false, true)]);
        (await now.Browser.GetStringAsync("/inbox", TestContext.Current.CancellationToken)).Split(">新着<").Length.ShouldBe(3);
    }

    private static async Task<(string List, string Page)> ReadInAsync(string language, params NoticeContent[] contents)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        using var posted = await city.PostAsync(TestSender.Letter(await city.CodeOfAsync(hanako.Citizen)) with { Contents = contents });
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        hanako.Browser.DefaultRequestHeaders.Add("Accept-Language", language);
        var list = await hanako.Browser.GetStringAsync("/inbox", TestContext.Current.CancellationToken);
        var page = await hanako.Browser.GetStringAsync("/inbox/" + posted.Headers.Location!.OriginalString.Split('/')[^1], TestContext.Current.CancellationToken);
        return (list, page);
    }

    private static Task<Result<OpenedNotice>> OpenAsync(TestPortal portal, SignedIn who, Guid id) =>
        portal.Get<OpenNotice>().ExecuteAsync(who.Viewer, NoticeId.From(id), TestContext.Current.CancellationToken);
}
