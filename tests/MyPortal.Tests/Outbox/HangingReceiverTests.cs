using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Outbox;

namespace MyPortal.Tests.Outbox;

/// <summary>A party that takes messages and never answers occupies its own places and nobody else's.</summary>
public sealed class HangingReceiverTests
{
    private static readonly Guid Hanging = Guid.Parse("018f0000-0000-7000-8000-000000000009");

    [Fact]
    public async Task Others_get_their_messages_while_one_party_hangs()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await using var silent = await NeverAnsweringAsync(fixture);

        // More than a look sees at once, and all of them due before the others'.
        await QueueManyAsync(fixture, silent.Address, 300);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        using var worker = new OutboxWorker(fixture.Worker(), fixture.Clock, NullLogger<OutboxWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => silent.Arrived.Count is OutboxPlaces.MostOfOneParty);
        for (var number = 0; number < 3; number++)
        {
            var id = await fixture.QueueAsync();
            await Wait.UntilAsync(async () => (await fixture.ReadAsync(id)).State is OutboxState.Delivered);
        }

        silent.Arrived.Count.ShouldBe(OutboxPlaces.MostOfOneParty, "it still hangs, in its own places");
        silent.AnswerWith(StatusCodes.Status204NoContent);
        fixture.Release();
        await Wait.UntilAsync(() => silent.TimesById.Count is 300);
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Others_behind_the_same_server_get_their_messages_too()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await using var shared = await TestReceiver.StartAsync();
        var release = new TaskCompletionSource();
        shared.Answer = async http =>
        {
            if (http.Request.Path.StartsWithSegments("/hanging", StringComparison.Ordinal))
            {
                await release.Task;
            }

            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        await QueueManyAsync(fixture, new Uri(shared.Address, "/hanging"), 20);
        var worker = Patient(fixture).Worker();
        var hanging = await worker.BeginAsync(CancellationToken.None);
        var other = await fixture.QueueAsync(address: shared.Address);

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);

        (await fixture.ReadAsync(other)).State.ShouldBe(OutboxState.Delivered);
        hanging.Count.ShouldBe(OutboxPlaces.MostOfOneParty);
        hanging.ShouldAllBe(attempt => !attempt.IsCompleted);
        release.SetResult();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task A_place_that_was_left_is_free_again()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await QueueManyAsync(fixture, fixture.Receiver.Address, 20);
        var worker = fixture.Worker();

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(8);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(8);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(4);
        worker.UnderWay.ShouldBeEmpty();
    }

    private static OutboxFixture Patient(OutboxFixture fixture)
    {
        // Nothing in these tests may end because it took too long.
        fixture.Options = fixture.Options with { Timeout = Wait.Limit, Lease = 2 * Wait.Limit };
        return fixture;
    }

    private static async Task<TestReceiver> NeverAnsweringAsync(OutboxFixture fixture)
    {
        var silent = await TestReceiver.StartAsync();
        silent.Answer = async http =>
        {
            await fixture.Released;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        Patient(fixture);
        return silent;
    }

    private static async Task QueueManyAsync(OutboxFixture fixture, Uri address, int count)
    {
        await using var db = fixture.OpenDatabase();
        for (var number = 0; number < count; number++)
        {
            fixture.Queue.Add(db, fixture.Order(recipient: Hanging, address: address));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
