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
        await using var world = await OutboxWorld.CreateAsync();
        await using var silent = await NeverAnsweringAsync(world);

        // More than a look sees at once, and all of them due before the others'.
        await QueueManyAsync(world, silent.Address, 300);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        using var worker = new OutboxWorker(world.Worker(), world.Clock, NullLogger<OutboxWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => silent.Arrived.Count is OutboxPlaces.MostOfOneParty);
        for (var number = 0; number < 3; number++)
        {
            var id = await world.QueueAsync();
            await Wait.UntilAsync(async () => (await world.ReadAsync(id)).State is OutboxState.Delivered);
        }

        silent.Arrived.Count.ShouldBe(OutboxPlaces.MostOfOneParty, "it still hangs, in its own places");
        silent.AnswerWith(StatusCodes.Status204NoContent);
        world.Release();
        await Wait.UntilAsync(() => silent.TimesById.Count is 300);
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Others_behind_the_same_server_get_their_messages_too()
    {
        await using var world = await OutboxWorld.CreateAsync();
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
        await QueueManyAsync(world, new Uri(shared.Address, "/hanging"), 20);
        var worker = Patient(world).Worker();
        var hanging = await worker.BeginAsync(CancellationToken.None);
        var other = await world.QueueAsync(address: shared.Address);

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);

        (await world.ReadAsync(other)).State.ShouldBe(OutboxState.Delivered);
        hanging.Count.ShouldBe(OutboxPlaces.MostOfOneParty);
        hanging.ShouldAllBe(attempt => !attempt.IsCompleted);
        release.SetResult();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task A_place_that_was_left_is_free_again()
    {
        await using var world = await OutboxWorld.CreateAsync();
        await QueueManyAsync(world, world.Receiver.Address, 20);
        var worker = world.Worker();

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(8);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(8);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(4);
        worker.UnderWay.ShouldBeEmpty();
    }

    private static OutboxWorld Patient(OutboxWorld world)
    {
        // Nothing in these tests may end because it took too long.
        world.Options = world.Options with { Timeout = Wait.Limit, Lease = 2 * Wait.Limit };
        return world;
    }

    private static async Task<TestReceiver> NeverAnsweringAsync(OutboxWorld world)
    {
        var silent = await TestReceiver.StartAsync();
        silent.Answer = async http =>
        {
            await world.Released;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        };
        Patient(world);
        return silent;
    }

    private static async Task QueueManyAsync(OutboxWorld world, Uri address, int count)
    {
        await using var db = world.OpenDatabase();
        for (var number = 0; number < count; number++)
        {
            world.Queue.Add(db, world.Order(recipient: Hanging, address: address));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
