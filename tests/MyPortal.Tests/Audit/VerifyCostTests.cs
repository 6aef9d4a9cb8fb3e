using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Data.Sqlite;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class VerifyCostTests
{
    private const int Records = (2 * VerifyAccessRecords.Batch) + 600;

    [Fact]
    public async Task However_long_the_chain_no_more_than_a_batch_is_read_at_once_and_each_record_costs_the_same()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.RecordAsync(Records);
        await fixture.SealAsync();
        await fixture.AnchorAsync();
        var counted = new CountedReads(fixture.Database);
        (await fixture.ReportAsync(counted)).Verdict.ShouldBe(new AuditVerdict(AuditFinding.Intact, Records));
        var (reads, largest) = (counted.Reads, counted.Largest);

        // SQLite has no asynchronous work: everything happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        (await fixture.ReportAsync(counted)).Verdict.IsIntact.ShouldBeTrue();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        largest.ShouldBe(VerifyAccessRecords.Batch + 1, "the rows of a batch, and the reading that finds no more");
        reads.ShouldBe(4 + (2 * 3), "the ends and what waits; records and seals of three batches");
        (allocated / Records).ShouldBeLessThan(6_000);
    }

    /// <summary>Contexts that count what is read.</summary>
    private sealed class CountedReads(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        public int Reads { get; private set; }

        public int Largest { get; private set; }

        public PortalDbContext CreateDbContext() =>
            new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(database.ConnectionString).AddInterceptors(this).Options);

        public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
        {
            Reads++;
            Largest = Math.Max(Largest, eventData.ReadCount);
            return result;
        }
    }
}
