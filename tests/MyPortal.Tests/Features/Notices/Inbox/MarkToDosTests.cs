using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

/// <summary>Notices that were delivered before to-dos were marked.</summary>
public sealed class MarkToDosTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Old_notices_are_looked_through_and_what_is_due_appears(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var (hanako, taro) = (await portal.SignInAsync(), await portal.SignInAsync());
        var bill = await SendDueAsync(portal, city, hanako.Citizen);
        await city.SendAsync(hanako.Citizen);
        await SendDueAsync(portal, city, taro.Citizen);
        await ForgetAsync(portal);
        (await ListAsync(portal, hanako)).Open.ShouldBe(0);

        await RunAsync(portal);

        (await ListAsync(portal, hanako)).Coming.ShouldHaveSingleItem().Id.ShouldBe(bill.Value);
        (await ListAsync(portal, taro)).Open.ShouldBe(1);
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().AnyAsync(notice => notice.IsOpenToDo == null, Token)).ShouldBeFalse();
        (await db.Set<Mailbox>().AllAsync(mailbox => mailbox.ToDosMarked, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_between_two_batches_loses_nothing_and_what_was_ticked_off_meanwhile_stays_done()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var (first, second) = (await SendDueAsync(portal, city, hanako.Citizen), await SendDueAsync(portal, city, hanako.Citizen));
        await ForgetAsync(portal);
        await using (var db = portal.OpenDatabase())
        {
            // Two batches apart.
            await db.Set<Notice>().Where(notice => notice.Id == second).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.Position, MarkToDos.Batch + 1L), Token);
            var filled = Enumerable.Range(2, MarkToDos.Batch).Select(position => Notice.Deliver(
                new NoticeAddress(NoticeId.New(portal.Clock.Now()), hanako.Citizen, city.Id, city.Service, 1), position == MarkToDos.Batch + 1 ? 9_000 : position, portal.Clock.Now(), new SealedContents([1], [1], HasDueDay: false)));
            db.AddRange(filled);
            await db.SaveChangesAsync(Token);
        }

        await ForgetAsync(portal);
        var worker = Worker(portal);
        (await worker.MarkBatchAsync([], Token)).ShouldBeTrue();
        (await ListAsync(portal, hanako)).Coming.ShouldHaveSingleItem().Id.ShouldBe(first.Value);
        await portal.Get<MarkDone>().ExecuteAsync(hanako.Viewer, second, isDone: true, Token);

        await RunAsync(portal);

        (await ListAsync(portal, hanako)).Coming.ShouldHaveSingleItem().Id.ShouldBe(first.Value);
    }

    [Fact]
    public async Task A_mailbox_whose_key_cannot_be_opened_waits_and_holds_up_nobody()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var (hanako, taro) = (await portal.SignInAsync(), await portal.SignInAsync());
        await SendDueAsync(portal, city, hanako.Citizen);
        await SendDueAsync(portal, city, taro.Citizen);
        await ForgetAsync(portal);
        byte[] good;
        await using (var db = portal.OpenDatabase())
        {
            good = await db.Set<DataKey>().Where(key => key.Owner == hanako.Citizen).Select(key => key.Wrapped).SingleAsync(Token);
            await db.Set<DataKey>().Where(key => key.Owner == hanako.Citizen).ExecuteUpdateAsync(set => set.SetProperty(key => key.Wrapped, new byte[good.Length]), Token);
        }

        await RunAsync(portal);
        (await ListAsync(portal, taro)).Open.ShouldBe(1);
        await using (var db = portal.OpenDatabase())
        {
            await db.Set<DataKey>().Where(key => key.Owner == hanako.Citizen).ExecuteUpdateAsync(set => set.SetProperty(key => key.Wrapped, good), Token);
        }

        await RunAsync(portal);
        (await ListAsync(portal, hanako)).Open.ShouldBe(1, "nothing was decided while the key was not there");
    }

    private static Task<DueNotices> ListAsync(TestPortal portal, SignedIn who) => portal.Get<ListDueNotices>().ExecuteAsync(who.Viewer, Token);

    private static MarkToDos Worker(TestPortal portal) => new(portal.Get<IDbContextFactory<MyPortal.Data.PortalDbContext>>(), portal.Get<CitizenKeys>(), portal.Clock, NullLogger<MarkToDos>.Instance);

    private static async Task RunAsync(TestPortal portal)
    {
        var (worker, skipped) = (Worker(portal), new List<CitizenId>());
        while (await worker.MarkBatchAsync(skipped, Token))
        {
        }
    }

    private static async Task<NoticeId> SendDueAsync(TestPortal portal, TestSender sender, CitizenId to)
    {
        var due = DateOnly.FromDateTime(portal.Clock.Now().InJapan().DateTime).AddDays(9);
        using var posted = await sender.PostAsync(TestSender.Letter(await sender.CodeOfAsync(to)) with { DueOn = due });
        posted.EnsureSuccessStatusCode();
        return NoticeId.From(Guid.Parse(posted.Headers.Location!.OriginalString.Split('/')[^1]));
    }

    /// <summary>As a database is that was filled before to-dos were marked.</summary>
    private static async Task ForgetAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        await db.Set<Notice>().ExecuteUpdateAsync(set => set.SetProperty(notice => notice.IsOpenToDo, (bool?)null), Token);
        await db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.ToDosMarked, false), Token);
    }
}
