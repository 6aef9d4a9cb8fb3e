using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

/// <summary>What was made, put off or taken before the clock was set back is sent now, not when the clock has caught up.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, EveryDatabase]
    public async Task Whatever_waits_is_due_after_the_clock_was_set_back(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var worker = fixture.Worker();
        fixture.Receiver.AnswerWith(StatusCodes.Status503ServiceUnavailable);
        var putOff = await fixture.QueueAsync();
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);
        var taken = await fixture.QueueAsync(recipient: Guid.NewGuid());
        (await fixture.Leases().TakeAsync(CancellationToken.None)).Single().Id.ShouldBe(taken, "and whoever took it dies");
        var made = await fixture.QueueAsync(recipient: Guid.NewGuid());
        fixture.Receiver.AnswerWith(StatusCodes.Status204NoContent);
        fixture.Clock.SetBack(Hour);

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(0);
        await worker.ReturnFromFutureAsync(CancellationToken.None);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(3);

        foreach (var id in new[] { putOff, taken, made })
        {
            (await fixture.ReadAsync(id)).State.ShouldBe(OutboxState.Delivered);
        }
    }

    [Fact]
    public async Task What_waits_for_its_time_goes_on_waiting_when_the_clock_did_not_jump()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var worker = fixture.Worker();
        fixture.Receiver.AnswerWith(StatusCodes.Status503ServiceUnavailable);
        var id = await fixture.QueueAsync();
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);
        var due = (await fixture.ReadAsync(id)).DueAt;
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));

        await worker.ReturnFromFutureAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).DueAt.ShouldBe(due);
    }

    [Fact]
    public async Task The_worker_sees_that_the_clock_went_back_and_sends()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        using var worker = new OutboxWorker(fixture.Worker(), fixture.Clock, NullLogger<OutboxWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        var first = await fixture.QueueAsync();
        await Wait.UntilAsync(async () => (await fixture.ReadAsync(first)).State is OutboxState.Delivered);

        var second = await fixture.QueueAsync();
        fixture.Clock.SetBack(Hour);

        await Wait.UntilAsync(async () => (await fixture.ReadAsync(second)).State is OutboxState.Delivered);
        await worker.StopAsync(CancellationToken.None);
    }
}
