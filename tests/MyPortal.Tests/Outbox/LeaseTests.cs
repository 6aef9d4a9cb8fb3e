using Microsoft.AspNetCore.Http;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

public sealed class LeaseTests
{
    [Theory, EveryDatabase]
    public async Task Two_workers_that_race_never_hold_the_same_message(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        for (var i = 0; i < 60; i++)
        {
            await fixture.QueueAsync(recipient: new Guid(i % 10, 0, 0, new byte[8]));
        }

        var taken = new List<Guid>();
        for (var round = 0; round < 20 && taken.Count < 60; round++)
        {
            var both = await Task.WhenAll(Task.Run(() => fixture.Leases().TakeAsync(CancellationToken.None)), Task.Run(() => fixture.Leases().TakeAsync(CancellationToken.None)));
            taken.AddRange(both.SelectMany(held => held).Select(message => message.Id));
        }

        taken.Count.ShouldBe(60);
        taken.Distinct().Count().ShouldBe(60);
    }

    [Theory, EveryDatabase]
    public async Task Two_workers_that_race_deliver_each_message_once(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        for (var i = 0; i < 40; i++)
        {
            await fixture.QueueAsync(recipient: new Guid(i % 10, 0, 0, new byte[8]));
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => fixture.Worker()).Select(worker => Task.Run(async () =>
        {
            while (await worker.ExecuteAsync(CancellationToken.None) > 0)
            {
            }
        })));

        fixture.Receiver.TimesById.Count.ShouldBe(40);
        fixture.Receiver.TimesById.Values.ShouldAllBe(times => times == 1);
    }

    [Theory, EveryDatabase]
    public async Task What_a_dead_worker_held_is_taken_after_its_lease_and_not_before(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var id = await fixture.QueueAsync();
        (await fixture.Leases().TakeAsync(CancellationToken.None)).Count.ShouldBe(1);

        fixture.Clock.Advance(fixture.Options.Lease - TimeSpan.FromSeconds(1));
        (await fixture.Leases().TakeAsync(CancellationToken.None)).ShouldBeEmpty();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));

        (await fixture.Leases().TakeAsync(CancellationToken.None)).Single().Id.ShouldBe(id);
    }

    [Theory, EveryDatabase]
    public async Task A_worker_that_was_too_slow_changes_nothing_any_more(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var id = await fixture.QueueAsync();

        // While the first worker waits for the answer, its lease runs out and a second one takes the message.
        var slow = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        fixture.Receiver.Answer = async http =>
        {
            asked.SetResult();
            await slow.Task;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        var first = fixture.Worker().ExecuteAsync(CancellationToken.None);
        await asked.Task;
        fixture.Clock.Advance(fixture.Options.Lease);
        var second = (await fixture.Leases().TakeAsync(CancellationToken.None)).Single();
        slow.SetResult();
        await first;

        var message = await fixture.ReadAsync(id);
        message.State.ShouldBe(OutboxState.Waiting);
        message.Lease.ShouldBe(second.Lease);
        await using var db = fixture.OpenDatabase();
        (await TestKind.ToldAsync(db)).ShouldBeEmpty();
    }
}
