using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Audit;

/// <summary>Gives waiting access records their places in the hash chain and signs its new end. Not called on behalf of a citizen: it sees identifiers only.</summary>
internal sealed class SealAccessRecords(IDbContextFactory<PortalDbContext> databases, RecorderKey recorderKey, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>The hash before the first record.</summary>
    public static byte[] Origin { get; } = new byte[32];

    /// <summary>Seals one batch and says how many records it held.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<AccessRecord>()
            .Where(record => record.Sequence == null)
            .OrderBy(record => record.At)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        if (waiting.Count is 0)
        {
            return 0;
        }

        var last = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(cancellationToken);
        var sequence = last?.Sequence ?? 0;
        var hash = last?.Hash ?? Origin;
        foreach (var record in waiting)
        {
            record.Chain(++sequence, hash);
            hash = record.Hash!;
        }

        db.Add(recorderKey.Seal(sequence, clock.Now(), hash));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node sealed these records; its batch stands.
            return 0;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another node took these places; its batch stands and this one is tried again. Where nobody did, the places behind the last
            // seal are taken by records that no seal covers, and every further try would fail as quietly.
            return await EndAsync(db, cancellationToken) != (last?.Sequence ?? 0)
                ? 0
                : throw new InvalidOperationException($"No record can be sealed behind place {last?.Sequence ?? 0}: the chain does not end where its last seal says. Run verify-audit.", exception);
        }

        return waiting.Count;
    }

    private static async Task<long> EndAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.Set<AuditSeal>().AsNoTracking().MaxAsync(seal => (long?)seal.Sequence, cancellationToken) ?? 0;
}

/// <summary>Seals once a second. What waits is at most a second of records; they are found missing only by comparing with the other party's record.</summary>
internal sealed class AuditSealWorker(SealAccessRecords seal, TimeProvider clock, ILogger<AuditSealWorker> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clock, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await seal.ExecuteAsync(cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
