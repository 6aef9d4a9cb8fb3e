using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Audit;

public sealed class SealAccessRecordsTests
{
    [Theory, EveryDatabase]
    public async Task Two_nodes_that_seal_at_once_leave_one_intact_chain(Engine engine)
    {
        const int Rounds = 12;
        const int PerRound = 25;
        await using var world = await AuditWorld.CreateAsync(engine);
        var first = world.Sealer();
        var second = world.Sealer();
        var sealedCounts = new ConcurrentBag<int>();
        for (var round = 0; round < Rounds; round++)
        {
            await world.RecordAsync(PerRound);
            await Task.WhenAll(new[] { first, second, first, second }.Select(sealer => Task.Run(async () => sealedCounts.Add(await sealer.ExecuteAsync(CancellationToken.None)))));
        }

        while (await first.ExecuteAsync(CancellationToken.None) is var more and > 0)
        {
            sealedCounts.Add(more);
        }

        await world.AnchorAsync();
        (await world.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, Rounds * PerRound));
        sealedCounts.Sum().ShouldBe(Rounds * PerRound, "no record got two places");
    }

    [Theory, EveryDatabase]
    public async Task A_node_that_read_the_waiting_records_before_another_sealed_them_gives_them_no_second_place(Engine engine)
    {
        await using var world = await AuditWorld.CreateAsync(engine);
        await world.RecordAsync(3);
        await using var late = world.Database.CreateDbContext();
        var waiting = await late.Set<AccessRecord>().Where(record => record.Sequence == null).OrderBy(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        await world.Sealer().ExecuteAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < waiting.Count; i++)
        {
            waiting[i].Chain(4 + i, SealAccessRecords.Origin);
        }

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync(TestContext.Current.CancellationToken));
        await world.AnchorAsync();
        (await world.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 3));
    }

    [Fact]
    public async Task A_sealer_that_can_never_seal_again_says_so()
    {
        await using var world = await AuditWorld.CreateAsync();
        await world.SealBatchesAsync(3, 2);
        await world.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence = 5");
        await world.RecordAsync(1);

        (await Should.ThrowAsync<InvalidOperationException>(() => world.Sealer().ExecuteAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Run verify-audit");
    }

    [Fact]
    public async Task A_long_queue_is_sealed_in_batches_in_the_order_of_time()
    {
        await using var world = await AuditWorld.CreateAsync();
        await world.RecordAsync(1_200);
        var sealer = world.Sealer();

        var counts = new List<int>();
        while (await sealer.ExecuteAsync(TestContext.Current.CancellationToken) is var count and > 0)
        {
            counts.Add(count);
        }

        counts.ShouldBe([500, 500, 200]);
        await using var db = world.Database.CreateDbContext();
        var instants = await db.Set<AccessRecord>().OrderBy(record => record.Sequence).Select(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        instants.ShouldBeInOrder();
        (await db.Set<AuditSeal>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
    }
}
