using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Delivery;

/// <summary>Deletes the numbers of a day after <see cref="DeliveryCount.DaysKept"/> days; no page asks for older ones.</summary>
internal sealed class PurgeDeliveryCounts : ITableCleaner
{
    public IReadOnlyList<Type> Tables { get; } = [typeof(DeliveryCount)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A day at a time: that is a bounded number of rows, and one look into the index.
        var limit = DateOnly.FromDateTime(now.InJapan().DateTime).AddDays(-DeliveryCount.DaysKept);
        while (await db.Set<DeliveryCount>().Where(count => count.Day < limit).MinAsync(count => (DateOnly?)count.Day, cancellationToken) is { } oldest)
        {
            await db.Set<DeliveryCount>().Where(count => count.Day == oldest).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
