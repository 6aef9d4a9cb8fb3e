using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Delivery;

/// <summary>Whose notices are counted, on which day and in which shard.</summary>
internal sealed record CountKey(SenderId Sender, SenderServiceId Service, DateOnly Day, int Shard);

/// <summary>Counts what happens to notices, in the transaction in which it happens.</summary>
internal sealed class CountDelivery(TimeProvider clock)
{
    /// <summary>The rows for something that happens now. Whatever number comes along spreads the counts over the shards.</summary>
    public CountKey KeyOf(SenderId sender, SenderServiceId service, int number) =>
        new(sender, service, DateOnly.FromDateTime(clock.Now().InJapan().DateTime), number & (DeliveryCount.Shards - 1));

    /// <summary>Makes sure that the rows exist. Before the transaction, because a collision inside would end it on PostgreSQL.</summary>
    public static async Task OpenAsync(PortalDbContext db, CountKey key, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (words.Count is 0)
        {
            return;
        }

        var known = await RowsOf(db, key, words).AsNoTracking().Select(count => count.What).ToListAsync(cancellationToken);
        foreach (var word in words.Except(known, StringComparer.Ordinal))
        {
            try
            {
                db.Add(DeliveryCount.Begin(key.Sender, key.Service, key.Day, word, key.Shard));
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Another post was the first of the day at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Adds one to each row; false when one of them does not exist.</summary>
    public static async Task<bool> AddAsync(PortalDbContext db, CountKey key, IReadOnlyList<string> words, CancellationToken cancellationToken) =>
        words.Count is 0 || await RowsOf(db, key, words).ExecuteUpdateAsync(set => set.SetProperty(count => count.Count, count => count.Count + 1), cancellationToken) == words.Count;

    private static IQueryable<DeliveryCount> RowsOf(PortalDbContext db, CountKey key, IReadOnlyList<string> words)
    {
        var (sender, service, day, shard) = key;
        return db.Set<DeliveryCount>().Where(count => count.SenderId == sender && count.ServiceId == service && count.Day == day && count.Shard == shard && words.Contains(count.What));
    }
}
