using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Audit;

/// <summary>Deletes counts of unknown callers after <see cref="UnknownCallerCount.Kept"/>.</summary>
internal sealed class PurgeUnknownCallers : ITableCleaner
{
    public IReadOnlyList<Type> Tables { get; } = [typeof(UnknownCallerCount)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // An hour at a time: each process tells a bounded number of rows apart in one.
        var limit = now - UnknownCallerCount.Kept;
        while (await db.Set<UnknownCallerCount>().Where(count => count.Hour < limit).MinAsync(count => (DateTimeOffset?)count.Hour, cancellationToken) is { } oldest)
        {
            await db.Set<UnknownCallerCount>().Where(count => count.Hour == oldest).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
