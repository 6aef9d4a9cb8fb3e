using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Audit;

/// <summary>A line of the list of unknown callers.</summary>
/// <param name="Block">Block of addresses.</param>
/// <param name="What">What they tried.</param>
/// <param name="Count">How often.</param>
internal sealed record UnknownCallerLine(string Block, string What, long Count);

/// <summary>Keeps the counts of unknown callers and reads them. Not called on behalf of a citizen: it sees blocks of addresses only.</summary>
internal sealed class StoreUnknownCallers(IDbContextFactory<PortalDbContext> databases, UnknownCallers callers, TimeProvider clock) : IDisposable
{
    // Whoever comes second waits: what is taken and not yet stored would otherwise be nowhere.
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Adds what was counted to the rows of its hour.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (callers.Take() is { Count: > 0 } taken)
            {
                await StoreAsync(taken, cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The largest counts of the last 24 hours, largest first.</summary>
    public async Task<IReadOnlyList<UnknownCallerLine>> LargestAsync(PortalDbContext db, int most, CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-1);
        var found = await db.Set<UnknownCallerCount>().AsNoTracking().Where(count => count.Hour > since)
            .GroupBy(count => new { count.Block, count.What })
            .Select(group => new { group.Key.Block, group.Key.What, Count = group.Sum(count => count.Count) })
            .OrderByDescending(line => line.Count).ThenBy(line => line.Block).ThenBy(line => line.What)
            .Take(most).ToListAsync(cancellationToken);
        return [.. found.Select(line => new UnknownCallerLine(line.Block, line.What, line.Count))];
    }

    public void Dispose() => turn.Dispose();

    private async Task StoreAsync(IReadOnlyDictionary<CallerKey, long> taken, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var work = await db.Database.BeginTransactionAsync(cancellationToken);

            // For every process in one order, so that no two wait for each other crosswise.
            foreach (var (key, count) in taken.OrderBy(one => one.Key.Hour).ThenBy(one => one.Key.Block, StringComparer.Ordinal).ThenBy(one => one.Key.What, StringComparer.Ordinal))
            {
                await StoreAsync(db, key, count, cancellationToken);
            }

            await work.CommitAsync(cancellationToken);
        }
        catch
        {
            callers.PutBack(taken);
            throw;
        }
    }

    private static async Task StoreAsync(PortalDbContext db, CallerKey key, long count, CancellationToken cancellationToken)
    {
        if (await TryAddAsync(db, key, count, cancellationToken))
        {
            return;
        }

        try
        {
            db.Add(UnknownCallerCount.Of(key, count));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another process began the row at the same moment. The context made a savepoint before, so the transaction goes on.
            db.ChangeTracker.Clear();
            await TryAddAsync(db, key, count, cancellationToken);
        }
    }

    private static async Task<bool> TryAddAsync(PortalDbContext db, CallerKey key, long count, CancellationToken cancellationToken) =>
        await db.Set<UnknownCallerCount>().Where(row => row.Hour == key.Hour && row.Block == key.Block && row.What == key.What)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Count, row => row.Count + count), cancellationToken) is 1;
}

/// <summary>Stores every ten seconds and when the process stops.</summary>
internal sealed class UnknownCallersWorker(StoreUnknownCallers store, TimeProvider clock, ILogger<UnknownCallersWorker> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await store.ExecuteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The counts of unknown callers since the last storing are lost");
        }
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => store.ExecuteAsync(cancellationToken);
}
