using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>
/// Takes messages that are due, for one worker at a time. Each taking is one conditional update per message, which every engine decides
/// alone: of two workers one changes the row and the other changes none.
/// </summary>
internal sealed class OutboxLeases(IDbContextFactory<PortalDbContext> databases, OutboxOptions options, RandomSource random, TimeProvider clock)
{
    private const int MostMessages = 32;
    private const int MostLookedAt = 256;

    /// <summary>The messages this worker now holds, the longest due first, and no more of one party than leaves room for the others.</summary>
    public Task<IReadOnlyList<OutboxMessage>> TakeAsync(CancellationToken cancellationToken) => TakeAsync(FreePlaces.All, cancellationToken);

    /// <summary>The same, as far as there are places; parties that have none left are not even looked at.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> TakeAsync(FreePlaces places, CancellationToken cancellationToken)
    {
        if (places.Total <= 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var full = places.Full;
        var due = await Free(db, now)
            .Where(message => !full.Contains(message.Recipient))
            .OrderBy(message => message.DueAt)
            .Select(message => new { message.Id, message.Recipient })
            .Take(MostLookedAt)
            .ToListAsync(cancellationToken);
        if (due.Count is 0)
        {
            return [];
        }

        var lease = new Guid(random.Bytes(16));
        var until = now + options.Lease;
        var chosen = due.GroupBy(one => one.Recipient).SelectMany(of => of.Take(places.Of(of.Key))).Take(Math.Min(MostMessages, places.Total)).Select(one => one.Id);

        // One commit for all. In one order for all workers, so that no two of them wait for each other crosswise.
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var id in chosen.Order())
        {
            await Free(db, now).Where(message => message.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(message => message.Lease, lease).SetProperty(message => message.LeasedUntil, until).SetProperty(message => message.Attempts, message => message.Attempts + 1),
                cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return await db.Set<OutboxMessage>().AsNoTracking().Where(message => message.Lease == lease).OrderBy(message => message.DueAt).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Makes due what was made, taken or put off at an instant still to come. Looks at all that waits, so it is for the start and for a
    /// clock that was seen to go back.
    /// </summary>
    public async Task ReturnFromFutureAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var latest = options.Lease.LatestEnd(now);
        await db.Set<OutboxMessage>()
            .Where(message => message.State == OutboxState.Waiting && (message.CreatedAt > latest || message.LeasedUntil > latest))
            .ExecuteUpdateAsync(
                set => set.SetProperty(message => message.DueAt, now).SetProperty(message => message.Lease, (Guid?)null).SetProperty(message => message.LeasedUntil, (DateTimeOffset?)null),
                cancellationToken);
    }

    private static IQueryable<OutboxMessage> Free(PortalDbContext db, DateTimeOffset now) =>
        db.Set<OutboxMessage>().Where(message => message.State == OutboxState.Waiting && message.DueAt <= now && (message.LeasedUntil == null || message.LeasedUntil <= now));
}
