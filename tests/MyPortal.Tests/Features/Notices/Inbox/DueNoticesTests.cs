using System.Net;
using AngleSharp.Dom;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class DueNoticesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_stays_on_the_home_page_when_it_was_read_and_leaves_when_it_is_done()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        (await TileAsync(hanako)).ShouldBeNull();
        await SendAsync(portal, city, hanako.Citizen, ("あと", 400), ("さき", 30));
        await city.SendAsync(hanako.Citizen, "期限なし");

        Titles(await TileAsync(hanako)).ShouldBe(["さき", "あと"]);
        var page = await hanako.Browser.OpenAsync((await TileAsync(hanako))!.QuerySelector("li a")!.GetAttribute("href")!);
        Titles(await TileAsync(hanako)).ShouldBe(["さき", "あと"], "reading is not doing");

        using var done = await hanako.Browser.SubmitAsync(page.QuerySelector(".notice-todo form")!);

        Titles(await TileAsync(hanako)).ShouldBe(["あと"]);
        var after = await hanako.Browser.OpenAsync(done.Headers.Location!.OriginalString);
        after.QuerySelector(".banner h2").Words().ShouldEndWith("済みにしました。");
        after.QuerySelector(".notice-todo .chip").Words().ShouldBe("済み");
        (await hanako.Browser.OpenAsync("/inbox")).QuerySelectorAll(".notice-row-facts .chip-success").ShouldHaveSingleItem().Words().ShouldBe("済み");

        using var undone = await hanako.Browser.SubmitAsync(after.QuerySelector(".notice-todo form")!);

        Titles(await TileAsync(hanako)).ShouldBe(["さき", "あと"]);
        (await hanako.Browser.OpenAsync(undone.Headers.Location!.OriginalString)).QuerySelector(".banner h2").Words().ShouldEndWith("まだ済んでいないものに戻しました");
    }

    [Fact]
    public async Task On_the_home_page_one_press_ticks_off_and_another_takes_it_back()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendAsync(portal, city, hanako.Citizen, ("一つだけ", 3));
        var form = (await TileAsync(hanako)).ShouldNotBeNull().QuerySelector("li form")!;
        form.QuerySelector("button").Words().ShouldBe("済みにする 一つだけ");

        using var done = await hanako.Browser.SubmitAsync(form);
        done.Headers.Location!.OriginalString.ShouldStartWith("/?done=");
        var tile = (await TileAsync(hanako, done.Headers.Location.OriginalString)).ShouldNotBeNull("the way back is offered though nothing is open any more");
        tile.QuerySelector("[role=status] p").Words().ShouldBe("済みにしました。 一つだけ");
        (await TileAsync(hanako)).ShouldBeNull();

        using var undone = await hanako.Browser.SubmitAsync(tile.QuerySelector(".todo-done form")!);
        undone.Headers.Location!.OriginalString.ShouldBe("/");
        Titles(await TileAsync(hanako)).ShouldBe(["一つだけ"]);
        (await TileAsync(hanako, done.Headers.Location.OriginalString)).ShouldNotBeNull().QuerySelector("[role=status]").ShouldBeNull("an old address tells nothing untrue");
    }

    [Fact]
    public async Task From_today_on_comes_first_and_what_is_overdue_stands_apart_and_crowds_nothing_out()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendAsync(portal, city, hanako.Citizen, [("今日", 0), ("あした", 1), .. Enumerable.Range(1, 8).Select(day => ($"過ぎた{day}", -day)), .. Enumerable.Range(2, 5).Select(day => ($"のち{day}", day))]);

        var tile = (await TileAsync(hanako)).ShouldNotBeNull();

        var lists = tile.QuerySelectorAll("ul");
        Titles(lists[0]).ShouldBe(["今日", "あした", "のち2", "のち3", "のち4"]);
        tile.QuerySelector("h3").Words().ShouldBe("期限を過ぎたもの");
        Titles(lists[1]).ShouldBe(["過ぎた1", "過ぎた2", "過ぎた3"]);
        tile.QuerySelector("a.go").Words().ShouldBe("期限のあるお知らせをすべて見る（15件）");
        var all = await hanako.Browser.OpenAsync(tile.QuerySelector("a.go")!.GetAttribute("href")!);
        all.QuerySelectorAll(".notice-row").Length.ShouldBe(15);
        all.QuerySelector(".tabs [aria-current=page]").Words().ShouldBe("要対応");
    }

    [Fact]
    public async Task The_day_is_the_one_in_japan()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendAsync(portal, city, hanako.Citizen, ("きょうまで", 0));
        var midnight = new DateTimeOffset(portal.Clock.Now().InJapan().Date.AddDays(1), JapanTime.JapanOffset);

        portal.Clock.Advance(midnight - portal.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        (await ListAsync(portal, hanako)).Coming.ShouldHaveSingleItem();
        portal.Clock.Advance(TimeSpan.FromSeconds(1));

        (await ListAsync(portal, hanako)).Overdue.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_nearest_day_is_found_behind_five_hundred_others_with_one_query_of_heads_alone()
    {
        const int Stored = 20_000;
        using var work = new DatabaseWork();
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendAsync(portal, city, hanako.Citizen, ("いちばん近い", 1), ("見本", 90));
        await FillAsync(portal, hanako.Citizen, done: Stored);
        await CopyOpenAsync(portal, hanako, 500);

        work.Watch(FileOf(portal));
        var list = await ListAsync(portal, hanako);

        list.Open.ShouldBe(2, "copies lie at other places than they were sealed for, and are not believed");
        list.Coming[0].Title.ShouldBe("いちばん近い");
        var (rows, plan) = (await work.PlansOfAsync("Notices")).ShouldHaveSingleItem();
        rows.ShouldBe(502, "the open ones and nothing of the rest of the mailbox");
        plan.ShouldBe("SEARCH n USING INDEX IX_Notices_Owner_IsOpenToDo_Position (Owner=? AND IsOpenToDo=?)");
        work.SqlOf("Notices").ShouldHaveSingleItem().ShouldNotContain("SealedBody");
    }

    [Fact]
    public async Task Home_and_inbox_ask_the_same_questions_of_an_empty_and_of_a_full_mailbox()
    {
        using var work = new DatabaseWork();
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await hanako.Browser.OpenAsync("/");
        work.Watch(FileOf(portal));

        foreach (var (path, most) in new[] { ("/", 2), ("/inbox", 1), ("/inbox?tab=unread", 1), ("/inbox?tab=todo", 1) })
        {
            (await AskedAsync(path)).ShouldBe(most, $"{path}, empty");
        }

        await SendAsync(portal, city, hanako.Citizen, [.. Enumerable.Range(0, 25).Select(day => ($"その{day}", day))]);
        foreach (var (path, most) in new[] { ("/", 2), ("/inbox", 1), ("/inbox?tab=unread", 1), ("/inbox?tab=todo", 1) })
        {
            (await AskedAsync(path)).ShouldBe(most, $"{path}, full");
        }

        async Task<int> AskedAsync(string path)
        {
            var before = work.SqlOf("Notices").Count;
            await hanako.Browser.OpenAsync(path);
            return work.SqlOf("Notices").Count - before;
        }
    }

    [Theory, EveryDatabase]
    public async Task Ticking_off_twice_keeps_the_first_instant_and_is_recorded_once(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendAsync(portal, city, hanako.Citizen, ("一つ", 3));
        var id = (await ListAsync(portal, hanako)).Coming[0].Id;
        var first = portal.Clock.GetUtcNow();

        (await MarkAsync(portal, hanako, id, isDone: true)).ShouldBeFalse();
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await MarkAsync(portal, hanako, id, isDone: true)).ShouldBeFalse();

        await using (var db = portal.OpenDatabase())
        {
            var stored = await db.Set<Notice>().SingleAsync(Token);
            (stored.DoneAt, stored.IsOpenToDo, stored.IsUnread).ShouldBe((first, false, true));
            (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.NoticeDone && record.ObjectId == id, Token)).ShouldBe(1);
        }

        (await MarkAsync(portal, hanako, id, isDone: false)).ShouldBeFalse();
        (await ListAsync(portal, hanako)).Coming.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_never_named_a_day_becomes_no_to_do_by_taking_back()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen);

        (await MarkAsync(portal, hanako, notice.Id, isDone: true)).ShouldBeFalse();
        (await MarkAsync(portal, hanako, notice.Id, isDone: false)).ShouldBeFalse();

        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().SingleAsync(Token)).IsOpenToDo.ShouldBe(false);
    }

    [Fact]
    public async Task Nobody_ticks_off_for_somebody_else_and_a_proxy_has_no_button()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var mandate = await fixture.ActivateAsync();
        await SendAsync(fixture.Portal, fixture.City, fixture.Father.Citizen, ("父の税", 10));
        var id = (await ListAsync(fixture.Portal, fixture.Father)).Coming[0].Id;

        (await MarkAsync(fixture.Portal, fixture.Daughter, id, isDone: true)).ShouldBeTrue();
        var form = (await fixture.Daughter.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        form.SetAttribute("action", $"/inbox/{id}/done");
        using var forged = await fixture.Daughter.Browser.SubmitAsync(form);
        var page = await fixture.Daughter.Browser.OpenAsync($"/p/{mandate}/inbox/{id}");

        page.QuerySelector(".notice-todo").Words().ShouldContain("までに");
        page.QuerySelector(".notice-todo form").ShouldBeNull();
        await fixture.Daughter.Browser.OpenAsync(forged.Headers.Location!.OriginalString, expected: HttpStatusCode.NotFound);
        (await ListAsync(fixture.Portal, fixture.Father)).Coming.ShouldHaveSingleItem();

        (await MarkAsync(fixture.Portal, fixture.Father, id, isDone: true)).ShouldBeFalse();
        (await fixture.Daughter.Browser.OpenAsync($"/p/{mandate}/inbox")).QuerySelector(".notice-row-facts .chip-success").ShouldBeNull("what the father has done is his own affair");
    }

    private static async Task<bool> MarkAsync(TestPortal portal, SignedIn who, Guid id, bool isDone) =>
        (await portal.Get<MarkDone>().ExecuteAsync(who.Viewer, NoticeId.From(id), isDone, Token)).IsRefused;

    private static Task<DueNotices> ListAsync(TestPortal portal, SignedIn who) => portal.Get<ListDueNotices>().ExecuteAsync(who.Viewer, Token);

    private static async Task<IElement?> TileAsync(SignedIn who, string path = "/") => (await who.Browser.OpenAsync(path)).QuerySelector("section[aria-labelledby=due-title]");

    private static IEnumerable<string> Titles(IElement? list) => list.ShouldNotBeNull().QuerySelectorAll("li a").Select(link => link.Words());

    private static async Task SendAsync(TestPortal portal, TestSender sender, CitizenId to, params (string Title, int InDays)[] letters)
    {
        var code = await sender.CodeOfAsync(to);
        var today = DateOnly.FromDateTime(portal.Clock.Now().InJapan().DateTime);
        foreach (var (title, days) in letters)
        {
            using var posted = await sender.PostAsync(TestSender.Letter(code, title) with { DueOn = today.AddDays(days) });
            posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    private static string FileOf(TestPortal portal)
    {
        using var db = portal.OpenDatabase();
        return new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
    }

    private static async Task FillAsync(TestPortal portal, CitizenId owner, int done)
    {
        await using var db = portal.OpenDatabase();
        var other = Guid.NewGuid();
        await db.Database.ExecuteSqlAsync($$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{done}})
            INSERT INTO Notices (Id, Owner, SenderId, ServiceId, Position, ContentVersion, AcceptedAt, DeliveredAt, IsUnread, IsOpenToDo, SealedHead, SealedBody)
            SELECT hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)),
                {{owner.Value}}, {{other}}, {{other}}, i + 10, 1, i, i, 0, 0, randomblob(400), randomblob(40) FROM n
            """, Token);
    }

    // Newer than everything else, so that whoever opens only the newest would not find the nearest day.
    private static async Task CopyOpenAsync(TestPortal portal, SignedIn who, int times)
    {
        await using var db = portal.OpenDatabase();
        var sample = (await ListAsync(portal, who)).Coming[^1].Id;
        await db.Database.ExecuteSqlAsync($$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{times}})
            INSERT INTO Notices (Id, Owner, SenderId, ServiceId, Position, ContentVersion, AcceptedAt, DeliveredAt, IsUnread, IsOpenToDo, SealedHead, SealedBody)
            SELECT hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)),
                Owner, SenderId, ServiceId, n.i + 100000, ContentVersion, AcceptedAt, DeliveredAt, 0, 1, SealedHead, SealedBody FROM Notices, n WHERE Id = {{sample}}
            """, Token);
    }
}
