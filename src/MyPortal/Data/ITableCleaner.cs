using Microsoft.EntityFrameworkCore;

namespace MyPortal.Data;

/// <summary>
/// Deletes what has had its time from tables of one room, contributed by the room. A table that no cleaner names stays for a reason; both
/// stand in docs/operations.md. What a cleaner looks for has an index: it costs what is deleted, not what is there.
/// </summary>
internal interface ITableCleaner
{
    /// <summary>The entities whose rows it deletes.</summary>
    IReadOnlyList<Type> Tables { get; }

    /// <summary>Deletes what is due.</summary>
    Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Bounded steps: however much is due, nobody else waits for a lock longer than a batch takes.</summary>
internal static class Batches
{
    /// <summary>Rows of one step; as many identifiers as one statement takes on every engine.</summary>
    public const int Size = 500;

    /// <summary>Deletes all rows of a query, each batch in a transaction of its own. Only where the key is one column: with more, engines look at every row of the table.</summary>
    public static async Task DeleteInBatchesAsync<T>(this IOrderedQueryable<T> due, CancellationToken cancellationToken)
        where T : class
    {
        while (await due.Take(Size).ExecuteDeleteAsync(cancellationToken) is Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Hands the keys of all rows of a query to a step that deletes them with what hangs on them, a batch and a transaction at a time.</summary>
    public static async Task DeleteWithPartsAsync<TKey>(this PortalDbContext db, IQueryable<TKey> due, Func<IReadOnlyList<TKey>, Task> step, CancellationToken cancellationToken)
    {
        for (var isLast = false; !isLast;)
        {
            await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
            var keys = await due.Take(Size).ToListAsync(cancellationToken);
            await (keys.Count is 0 ? Task.CompletedTask : step(keys));
            await work.CommitAsync(cancellationToken);
            isLast = keys.Count < Size;
        }
    }
}
