using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class InboxPagingTests
{
    private const int PageSize = 4;

    [Theory, EveryDatabase]
    public async Task Going_to_older_pages_loses_and_repeats_nothing_while_notices_arrive(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var random = new Random(131);
        foreach (var before in new[] { 0, 1, PageSize, PageSize + 1, (2 * PageSize) + 3, 3 * PageSize })
        {
            var hanako = await portal.SignInAsync();
            var there = await SendSomeAsync(city, hanako.Citizen, before);

            var seen = new List<Guid>();
            var arrived = new List<Guid>();
            for (long? older = null; ;)
            {
                var page = await ListAsync(portal, hanako, new InboxQuery(InboxTab.All, OlderThan: older));
                seen.AddRange(page.Rows.Select(row => row.Id));
                arrived.AddRange(await SendSomeAsync(city, hanako.Citizen, random.Next(3)));
                if (page.Older is null)
                {
                    break;
                }

                older = page.Older;
            }

            seen.ShouldBe(there.AsEnumerable().Reverse(), $"{before} notices");
        }
    }

    [Theory, EveryDatabase]
    public async Task Services_that_are_left_out_make_room_for_others(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);
        var hanako = await portal.SignInAsync();
        var wanted = await SendSomeAsync(city, hanako.Citizen, 2);
        await SendSomeAsync(power, hanako.Citizen, PageSize + 1);

        var page = await ListAsync(portal, hanako, new InboxQuery(InboxTab.Unread) { Without = [power.Service] });

        page.Rows.Select(row => row.Id).ShouldBe(wanted.AsEnumerable().Reverse());
    }

    [Theory, EveryDatabase]
    public async Task Going_back_to_newer_pages_shows_everything_that_arrived_exactly_once(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        foreach (var arriving in new[] { 1, PageSize, (2 * PageSize) + 1 })
        {
            var hanako = await portal.SignInAsync();
            await SendSomeAsync(city, hanako.Citizen, PageSize + 2);
            var newest = await ListAsync(portal, hanako, new InboxQuery(InboxTab.All));
            var last = await ListAsync(portal, hanako, new InboxQuery(InboxTab.All, OlderThan: newest.Older));
            var arrived = await SendSomeAsync(city, hanako.Citizen, arriving);

            last.Newer.ShouldNotBeNull();
            var seen = new List<Guid>();
            for (var newer = last.Newer; newer is not null;)
            {
                var page = await ListAsync(portal, hanako, new InboxQuery(InboxTab.All, NewerThan: newer));
                seen.InsertRange(0, page.Rows.Select(row => row.Id));
                newer = page.Newer;
            }

            seen.ShouldBe(arrived.AsEnumerable().Reverse().Concat(newest.Rows.Select(row => row.Id)));
        }
    }

    [Fact]
    public async Task The_unread_tab_pages_through_what_is_unread_while_some_of_it_is_read()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var sent = await SendSomeAsync(city, hanako.Citizen, 15);
        var read = sent.Where((_, i) => i % 3 is 0).ToList();
        foreach (var id in read)
        {
            await portal.Get<OpenNotice>().ExecuteAsync(hanako.Viewer, NoticeId.From(id), TestContext.Current.CancellationToken);
        }

        var seen = new List<Guid>();
        for (long? older = null; ;)
        {
            var page = await ListAsync(portal, hanako, new InboxQuery(InboxTab.Unread, OlderThan: older));
            page.Unread.ShouldBe(sent.Count - read.Count - seen.Count);
            seen.AddRange(page.Rows.Select(row => row.Id));
            foreach (var row in page.Rows)
            {
                await portal.Get<OpenNotice>().ExecuteAsync(hanako.Viewer, NoticeId.From(row.Id), TestContext.Current.CancellationToken);
            }

            if (page.Older is null)
            {
                break;
            }

            older = page.Older;
        }

        seen.ShouldBe(sent.Except(read).Reverse());
        (await ListAsync(portal, hanako, new InboxQuery(InboxTab.Unread))).ShouldSatisfyAllConditions(
            list => list.Rows.ShouldBeEmpty(),
            list => list.Unread.ShouldBe(0));
        (await ListAsync(portal, hanako, new InboxQuery(InboxTab.All))).Rows.ShouldAllBe(row => !row.IsUnread);
    }

    [Fact]
    public async Task Nobody_sees_anothers_notices_by_any_position()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();
        await SendSomeAsync(city, hanako.Citizen, 3);

        foreach (var query in new[] { new InboxQuery(InboxTab.All), new InboxQuery(InboxTab.Unread), new InboxQuery(InboxTab.All, OlderThan: long.MaxValue), new InboxQuery(InboxTab.All, NewerThan: 0) })
        {
            var list = await ListAsync(portal, taro, query);
            list.Rows.ShouldBeEmpty();
            list.Unread.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("older=-1"), InlineData("older=x"), InlineData("newer=99999999999999999999"), InlineData("tab=%00&older=1&newer=1"), InlineData("older=9223372036854775807"), InlineData("newer=9223372036854775807")]
    public async Task A_position_that_means_nothing_does_no_harm(string query)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await SendSomeAsync(city, hanako.Citizen, 1);

        using var answer = await hanako.Browser.GetAsync("/inbox?" + query, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static async Task<List<Guid>> SendSomeAsync(TestSender sender, CitizenId to, int count)
    {
        var sent = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            sent.Add((await sender.SendAsync(to)).Id);
        }

        return sent;
    }

    private static Task<InboxList> ListAsync(TestPortal portal, SignedIn who, InboxQuery query) =>
        portal.Get<ListInbox>().ExecuteAsync(who.Viewer, query with { PageSize = PageSize }, TestContext.Current.CancellationToken);
}
