using Microsoft.AspNetCore.Http;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

public sealed class RetryTests
{
    [Theory]
    [InlineData(1, 48, 72), InlineData(2, 96, 144), InlineData(5, 768, 1152), InlineData(10, 17_280, 25_920), InlineData(500, 17_280, 25_920)]
    public void Pauses_double_from_a_minute_to_six_hours_and_are_spread(int attempts, int atLeast, int atMost)
    {
        var pauses = Enumerable.Range(0, 200).Select(_ => RetryPlan.PauseAfter(attempts, RandomSource.System).TotalSeconds).ToList();

        pauses.ShouldAllBe(pause => pause >= atLeast && pause <= atMost);
        pauses.Distinct().Count().ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(StatusCodes.Status302Found), InlineData(StatusCodes.Status400BadRequest), InlineData(StatusCodes.Status401Unauthorized), InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status429TooManyRequests), InlineData(StatusCodes.Status500InternalServerError), InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Any_answer_but_success_and_gone_is_tried_again(int status)
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var id = await fixture.QueueAsync();
        fixture.Receiver.AnswerWith(status);
        var worker = fixture.Worker();
        await worker.ExecuteAsync(CancellationToken.None);

        var waiting = await fixture.ReadAsync(id);
        waiting.State.ShouldBe(OutboxState.Waiting);
        waiting.LastOutcome.ShouldBe($"http-{status}");
        waiting.DueAt.ShouldBeGreaterThan(fixture.Clock.GetUtcNow());

        fixture.Receiver.AnswerWith(StatusCodes.Status200OK);
        (await fixture.TryWhenDueAsync(worker, id)).State.ShouldBe(OutboxState.Delivered);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await using var elsewhere = await TestReceiver.StartAsync();
        fixture.Receiver.Answer = http =>
        {
            http.Response.Redirect(elsewhere.Address.AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await fixture.QueueAsync();

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        elsewhere.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_says_gone_is_not_asked_again_and_the_kind_is_told()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var id = await fixture.QueueAsync();
        fixture.Receiver.AnswerWith(StatusCodes.Status410Gone);

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).State.ShouldBe(OutboxState.Dead);
        await using var db = fixture.OpenDatabase();
        (await TestKind.ToldAsync(db)).ShouldBe([SendOutcome.Gone]);
    }

    [Fact]
    public async Task A_receiver_that_takes_too_long_is_left_and_asked_again()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        fixture.Options = fixture.Options with { Timeout = TimeSpan.FromMilliseconds(300) };
        fixture.Receiver.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var id = await fixture.QueueAsync();

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).LastOutcome.ShouldBe("timeout");
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var ended = new TaskCompletionSource();
        fixture.Receiver.Answer = async http =>
        {
            var piece = new byte[64 * 1024];
            try
            {
                for (var i = 0; i < 10_000; i++)
                {
                    await http.Response.Body.WriteAsync(piece, http.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // The portal has hung up.
            }

            ended.SetResult();
        };
        var id = await fixture.QueueAsync();

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).State.ShouldBe(OutboxState.Delivered);
        await Wait.EndOf(ended.Task);
    }

    [Fact]
    public async Task A_name_nobody_has_is_tried_again()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var id = await fixture.QueueAsync(address: new Uri("http://nobody.invalid/events"));

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        var message = await fixture.ReadAsync(id);
        message.State.ShouldBe(OutboxState.Waiting);
        message.LastOutcome.ShouldBeOneOf("name-unknown", "unreachable");
    }

    [Theory, EveryDatabase]
    public async Task After_72_hours_it_is_given_up_visibly_and_an_operator_can_bring_it_back(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var created = fixture.Clock.GetUtcNow();
        var id = await fixture.QueueAsync();
        fixture.Receiver.AnswerWith(StatusCodes.Status503ServiceUnavailable);
        var worker = fixture.Worker();
        var message = await fixture.ReadAsync(id);
        while (message.State is OutboxState.Waiting)
        {
            message = await fixture.TryWhenDueAsync(worker, id);
        }

        message.State.ShouldBe(OutboxState.Dead);
        (message.EndedAt!.Value - created).ShouldBe(RetryPlan.Patience);
        message.Attempts.ShouldBeInRange(12, 30);
        (await fixture.Letters.ListAsync(10, CancellationToken.None)).Single().ShouldBe(
            new DeadLetter(id, TestKind.KindName, message.Recipient, message.CreatedAt, message.EndedAt.Value, message.Attempts, "http-503"));
        (await fixture.Letters.StandingAsync(CancellationToken.None)).ShouldBe(new OutboxStatus(0, null, 1));

        fixture.Receiver.AnswerWith(StatusCodes.Status204NoContent);
        (await fixture.Letters.RetryAsync(id, CancellationToken.None)).Value.ShouldBe(id);
        (await fixture.Letters.RetryAsync(id, CancellationToken.None)).Error.ShouldBe(DeadLetters.NotDead);
        (await fixture.TryWhenDueAsync(worker, id)).State.ShouldBe(OutboxState.Delivered);
    }
}
