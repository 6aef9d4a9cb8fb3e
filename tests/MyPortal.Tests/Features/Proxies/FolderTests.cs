using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Proxies;
using MyPortal.Features.Proxies.Folder;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>What a proxy sees in the folder, what not, and what the principal knows of it.</summary>
public sealed class FolderTests
{
    [Theory, EveryDatabase]
    [Requirement(141, InPart = "the choice of each holder, and looking at the principal's own folder")]
    public async Task A_proxy_sees_what_arrives_in_scope_after_the_mandate_began_and_nothing_else(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var before = await fixture.SendAsync(fixture.City);
        var id = await fixture.ActivateAsync();
        var (inside, outside) = (await fixture.SendAsync(fixture.City, title: "税のお知らせ"), await fixture.SendAsync(fixture.Power));
        var folder = (await fixture.FolderAsync(id)).ShouldNotBeNull();

        var list = (await fixture.ListAsync(folder.Viewer)).ShouldNotBeNull();

        (list.Rows.ShouldHaveSingleItem().Id, list.Unread).ShouldBe((inside.Value, 1));
        list.Rows[0].Title.ShouldBe("税のお知らせ");
        (await fixture.OpenAsync(folder.Viewer, inside)).Value.Title.ShouldBe("税のお知らせ");
        foreach (var hidden in new[] { before, outside, NoticeId.From(Guid.NewGuid()) })
        {
            (await fixture.OpenAsync(folder.Viewer, hidden)).Error.ShouldBe(MandateErrors.NotFound, "out of scope is not there");
        }
    }

    [Theory]
    [InlineData("?older=0", ""), InlineData("?tab=unread&older=0", "?tab=unread")]
    public async Task An_empty_page_beyond_the_end_of_a_folder_leads_to_the_newest(string query, string newest)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        await fixture.SendAsync(fixture.City);

        var empty = (await fixture.Daughter.Browser.OpenAsync($"/p/{id}/inbox{query}")).QuerySelector(".empty-state").ShouldNotBeNull();

        empty.QuerySelector("h2").Words().ShouldBe("この先には何もありません");
        empty.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/p/{id}/inbox{newest}");
    }

    [Theory]
    [InlineData(true, false, NoticeType.Info, true)]
    [InlineData(true, false, NoticeType.Bill, true)]
    [InlineData(false, true, NoticeType.Bill, true)]
    [InlineData(false, true, NoticeType.Info, false)]
    [InlineData(true, true, NoticeType.Bill, true)]
    [InlineData(true, true, NoticeType.Info, false)]
    public async Task Senders_and_types_narrow_the_scope_together(bool bySender, bool byTopic, NoticeType sent, bool isSeen)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync(draft => draft with { Senders = bySender ? [fixture.City.Id] : [], Topics = byTopic ? [NoticeType.Bill] : [] });
        await fixture.SendAsync(fixture.City, sent);
        await fixture.SendAsync(fixture.Power, NoticeType.Bill);

        var list = (await fixture.ListAsync((await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer)).ShouldNotBeNull();

        list.Rows.Count(row => row.IsPublicSender).ShouldBe(isSeen ? 1 : 0);
        list.Rows.Count(row => !row.IsPublicSender).ShouldBe(bySender ? 0 : 1);
    }

    [Theory, EveryDatabase]
    [Requirement(141)]
    public async Task The_proxys_read_marks_are_the_folders_and_the_principals_stay_as_they_are(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;

        var first = (await fixture.OpenAsync(viewer, notice)).Value.FirstOpenedAt;
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        (await fixture.OpenAsync(viewer, notice)).Value.FirstOpenedAt.ShouldBe(first);

        var list = (await fixture.ListAsync(viewer)).ShouldNotBeNull();
        (list.Unread, list.Rows[0].IsUnread).ShouldBe((0, false));
        (await fixture.Portal.Get<IMailboxCounters>().UnreadAsync(fixture.Father.Viewer, TestContext.Current.CancellationToken)).ShouldBe(1);
        await using var db = fixture.Portal.OpenDatabase();
        var untouched = await db.Set<Notice>().SingleAsync(TestContext.Current.CancellationToken);
        (untouched.IsUnread, untouched.FirstOpenedAt).ShouldBe((true, null));
    }

    [Fact]
    public async Task The_principal_sees_what_went_to_the_proxy_and_when_it_was_opened()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        await fixture.SendAsync(fixture.City, title: "一つめ");
        var second = await fixture.SendAsync(fixture.City, title: "二つめ");
        await fixture.OpenAsync((await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer, second);

        var items = (await fixture.Portal.Get<ReadMandate>().AsPrincipalAsync(fixture.Father.Viewer, id, TestContext.Current.CancellationToken)).Value.Items;

        items.Select(item => (item.Title, item.OpenedAt is not null)).ShouldBe([("二つめ", true), ("一つめ", false)]);
        var given = (await fixture.Portal.Get<ReadMandates>().ExecuteAsync(fixture.Father.Viewer, TestContext.Current.CancellationToken)).Given.ShouldHaveSingleItem();
        (given.ProxyName, given.LastUsedAt).ShouldBe((ProxyFixture.DaughterName, fixture.Portal.Clock.Now()));
    }

    [Fact]
    public async Task What_a_proxy_does_is_recorded_with_both_people()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;
        await fixture.ListAsync(viewer);
        await fixture.OpenAsync(viewer, notice);

        await using var db = fixture.Portal.OpenDatabase();
        var records = await db.Set<AccessRecord>().Where(record => record.Event == AccessEvent.FolderListed || record.Event == AccessEvent.FolderNoticeOpened)
            .OrderBy(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        records.Select(record => (record.Event, record.ActorId, record.Subject, record.ObjectId, record.Outcome)).ShouldBe(
        [
            (AccessEvent.FolderListed, fixture.Daughter.Citizen.Value, fixture.Father.Citizen, id.Value, "ok:1"),
            (AccessEvent.FolderNoticeOpened, fixture.Daughter.Citizen.Value, fixture.Father.Citizen, notice.Value, "ok"),
        ], ignoreOrder: true);
    }

    [Theory, EveryDatabase]
    public async Task A_stopped_mandate_shows_nothing_and_takes_nothing_from_that_moment(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var id = await fixture.ActivateAsync();
        var opened = await fixture.SendAsync(fixture.City);
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;
        await fixture.OpenAsync(viewer, opened);

        (await fixture.StopAsync(id)).ShouldBeTrue();

        (await fixture.ListAsync(viewer)).ShouldBeNull("whoever stood in the folder is out");
        (await fixture.OpenAsync(viewer, opened)).Error.ShouldBe(MandateErrors.NotFound);
        (await fixture.FolderAsync(id)).ShouldNotBeNull().State.ShouldBe(FolderState.Ended);
        await fixture.SendAsync(fixture.City);
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<FolderItem>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task Stopped_silently_the_folder_keeps_what_was_opened_and_says_nothing()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var (opened, unopened) = (await fixture.SendAsync(fixture.City), await fixture.SendAsync(fixture.City));
        var before = (await fixture.FolderAsync(id)).ShouldNotBeNull();
        await fixture.OpenAsync(before.Viewer, opened);

        (await fixture.StopAsync(id, isSilent: true)).ShouldBeTrue();
        await fixture.SendAsync(fixture.City);

        var after = (await fixture.FolderAsync(id)).ShouldNotBeNull();
        (after.State, after.Until).ShouldBe((FolderState.Open, before.Until));
        (await fixture.ListAsync(after.Viewer)).ShouldNotBeNull().Rows.ShouldHaveSingleItem().Id.ShouldBe(opened.Value);
        (await fixture.OpenAsync(after.Viewer, opened)).IsRefused.ShouldBeFalse();
        (await fixture.OpenAsync(after.Viewer, unopened)).Error.ShouldBe(MandateErrors.NotFound);
        (await fixture.OpenAsync(before.Viewer, opened)).Error.ShouldBe(MandateErrors.NotFound, "the wider view is worth nothing any more");
    }

    [Fact]
    public async Task A_mandate_ends_with_its_last_day_in_Japan()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var today = InviteProxy.DayInJapan(fixture.Portal.Clock.Now());
        var id = await fixture.ActivateAsync(draft => draft with { LastDay = today.AddDays(2) });
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;
        var end = new DateTimeOffset(today.AddDays(3).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9));

        fixture.Portal.Clock.Advance(end - fixture.Portal.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        (await fixture.ListAsync(viewer)).ShouldNotBeNull();
        fixture.Portal.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await fixture.ListAsync(viewer)).ShouldBeNull();
        (await fixture.FolderAsync(id)).ShouldNotBeNull().State.ShouldBe(FolderState.Ended);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_lost_card_of_either_person_suspends_the_mandate(bool isPrincipals)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;

        await fixture.BlockCardOfAsync((isPrincipals ? fixture.Father : fixture.Daughter).Citizen);

        (await fixture.FolderAsync(id)).ShouldNotBeNull().State.ShouldBe(FolderState.Suspended);
        (await fixture.ListAsync(viewer)).ShouldBeNull();
        (await fixture.OpenAsync(viewer, notice)).Error.ShouldBe(MandateErrors.NotFound);
    }

    [Theory, EveryDatabase]
    public async Task Paging_back_and_forth_shows_every_notice_once_in_order(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var id = await fixture.ActivateAsync();
        var sent = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            sent.Add((await fixture.SendAsync(fixture.City)).Value);
            await fixture.SendAsync(fixture.Power);
        }

        sent.Reverse();
        var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;
        var (seen, older) = (new List<Guid>(), (long?)null);
        do
        {
            var page = (await fixture.ListAsync(viewer, new FolderQuery(OnlyUnread: true, OlderThan: older) { PageSize = 2 })).ShouldNotBeNull();
            seen.AddRange(page.Rows.Select(row => row.Id));
            older = page.Older;
        }
        while (older is not null);

        seen.ShouldBe(sent);
        var newer = (await fixture.ListAsync(viewer, new FolderQuery(OnlyUnread: false, NewerThan: 1) { PageSize = 2 })).ShouldNotBeNull();
        newer.Rows.Select(row => row.Id).ShouldBe(sent[2..4]);
    }

    [Fact]
    public async Task The_principals_own_inbox_is_as_before()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);

        var list = await fixture.Portal.Get<ListInbox>().ExecuteAsync(fixture.Father.Viewer, new InboxQuery(InboxTab.Unread), TestContext.Current.CancellationToken);

        list.Rows.ShouldHaveSingleItem().Id.ShouldBe(notice.Value);
        (await fixture.Portal.Get<ListInbox>().ExecuteAsync(fixture.Daughter.Viewer, new InboxQuery(InboxTab.All), TestContext.Current.CancellationToken)).Rows.ShouldBeEmpty();
    }
}
