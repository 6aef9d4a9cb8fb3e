using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class SealAccessRecordsTests
{
    [Theory, EveryDatabase]
    public async Task Two_nodes_that_seal_at_once_leave_one_intact_chain(Engine engine)
    {
        const int Rounds = 12;
        const int PerRound = 25;
        await using var fixture = await AuditFixture.CreateAsync(engine);
        var first = fixture.Sealer();
        var second = fixture.Sealer();
        var sealedCounts = new ConcurrentBag<int>();
        for (var round = 0; round < Rounds; round++)
        {
            await fixture.RecordAsync(PerRound);
            await Task.WhenAll(new[] { first, second, first, second }.Select(sealer => Task.Run(async () => sealedCounts.Add(await sealer.ExecuteAsync(CancellationToken.None)))));
        }

        while (await first.ExecuteAsync(CancellationToken.None) is var more and > 0)
        {
            sealedCounts.Add(more);
        }

        await fixture.AnchorAsync();
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, Rounds * PerRound));
        sealedCounts.Sum().ShouldBe(Rounds * PerRound, "no record got two places");
    }

    [Theory, EveryDatabase]
    public async Task A_node_that_read_the_waiting_records_before_another_sealed_them_gives_them_no_second_place(Engine engine)
    {
        await using var fixture = await AuditFixture.CreateAsync(engine);
        await fixture.RecordAsync(3);
        await using var late = fixture.Database.CreateDbContext();
        var waiting = await late.Set<AccessRecord>().Where(record => record.Sequence == null).OrderBy(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        await fixture.Sealer().ExecuteAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < waiting.Count; i++)
        {
            waiting[i].Chain(4 + i, SealAccessRecords.Origin);
        }

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync(TestContext.Current.CancellationToken));
        await fixture.AnchorAsync();
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 3));
    }

    [Fact]
    public async Task A_sealer_that_can_never_seal_again_says_so()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(3, 2);
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence = 5");
        await fixture.RecordAsync(1);

        (await Should.ThrowAsync<InvalidOperationException>(() => fixture.Sealer().ExecuteAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Run verify-audit");
    }

    [Fact]
    public async Task A_long_queue_is_sealed_in_batches_in_the_order_of_time()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.RecordAsync(1_200);
        var sealer = fixture.Sealer();

        var counts = new List<int>();
        while (await sealer.ExecuteAsync(TestContext.Current.CancellationToken) is var count and > 0)
        {
            counts.Add(count);
        }

        counts.ShouldBe([500, 500, 200]);
        await using var db = fixture.Database.CreateDbContext();
        var instants = await db.Set<AccessRecord>().OrderBy(record => record.Sequence).Select(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        instants.ShouldBeInOrder();
        (await db.Set<AuditSeal>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
    }
}
