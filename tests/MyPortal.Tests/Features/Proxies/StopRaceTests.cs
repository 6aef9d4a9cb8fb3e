using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.Proxies;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>A mandate that is stopped stops in that very moment, whatever else happens at the same time.</summary>
public sealed class StopRaceTests
{
    private const int Rounds = 8;

    [Theory, EveryDatabase]
    public async Task What_is_opened_while_it_is_stopped_was_opened_before_and_nothing_after(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        for (var round = 0; round < Rounds; round++)
        {
            var id = await fixture.ActivateAsync();
            var notice = await fixture.SendAsync(fixture.City);
            var viewer = (await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer;

            var opens = Enumerable.Range(0, 3).Select(_ => Task.Run(() => fixture.OpenAsync(viewer, notice))).ToList();
            var stopped = await Task.Run(() => fixture.StopAsync(id));
            var late = await fixture.OpenAsync(viewer, notice);
            var opened = (await Task.WhenAll(opens)).Count(result => !result.IsRefused);

            stopped.ShouldBeTrue();
            late.Error.ShouldBe(MandateErrors.NotFound);
            await using var db = fixture.Portal.OpenDatabase();
            var records = await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.FolderNoticeOpened && record.ObjectId == notice.Value, TestContext.Current.CancellationToken);
            records.ShouldBe(opened, "who saw it is recorded, who did not is not");
            var item = await db.Set<FolderItem>().SingleAsync(found => found.NoticeId == notice && found.MandateId == id, TestContext.Current.CancellationToken);
            item.IsUnread.ShouldBe(opened is 0);
            (await db.Set<Mandate>().SingleAsync(mandate => mandate.Id == id, TestContext.Current.CancellationToken)).Unread.ShouldBe(opened is 0 ? 1 : 0);
        }
    }

    [Theory, EveryDatabase]
    public async Task Of_a_stop_and_a_last_signature_both_are_seen_and_nothing_stays_open(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        for (var round = 0; round < Rounds; round++)
        {
            var written = await fixture.InviteAsync();
            await fixture.ClaimAsync(written.Code);
            await fixture.SignAsync(written.Id, SigningRole.Proxy);

            var signing = Task.Run(() => fixture.SignAsync(written.Id, SigningRole.Principal));
            (await Task.Run(() => fixture.StopAsync(written.Id))).ShouldBeTrue();
            await signing;

            await using var db = fixture.Portal.OpenDatabase();
            (await db.Set<Mandate>().SingleAsync(mandate => mandate.Id == written.Id, TestContext.Current.CancellationToken)).State.ShouldBeOneOf(MandateState.Stopped, MandateState.Withdrawn);
        }
    }

    [Theory, EveryDatabase]
    public async Task Deliveries_at_once_take_every_place_of_the_folder_once(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var id = await fixture.ActivateAsync(draft => draft with { Senders = [fixture.City.Id, fixture.Power.Id] });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => fixture.SendAsync(number % 2 is 0 ? fixture.City : fixture.Power))));

        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<FolderItem>().OrderBy(item => item.Position).Select(item => item.Position).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe([1, 2, 3, 4, 5, 6]);
        (await db.Set<Mandate>().SingleAsync(mandate => mandate.Id == id, TestContext.Current.CancellationToken)).Unread.ShouldBe(6);
    }
}
