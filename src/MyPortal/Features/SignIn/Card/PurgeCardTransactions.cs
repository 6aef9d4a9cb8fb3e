using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Deletes card transactions an hour after they expired; what happened in them stays in the access records.</summary>
internal sealed class PurgeCardTransactions : ITableCleaner
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    public IReadOnlyList<Type> Tables { get; } = [typeof(CardTransaction)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (limit, latest) = (now - KeptFor, CardTransaction.Life.LatestEnd(now));
        await db.Set<CardTransaction>().Where(transaction => transaction.ExpiresAt < limit).OrderBy(transaction => transaction.ExpiresAt).DeleteInBatchesAsync(cancellationToken);

        // Begun before the clock was set back: over, and it stays so when the clock has caught up.
        await db.Set<CardTransaction>().Where(transaction => transaction.ExpiresAt > latest).OrderBy(transaction => transaction.ExpiresAt).DeleteInBatchesAsync(cancellationToken);
    }
}
