using MyPortal.Data;

namespace MyPortal.Outbox;

/// <summary>Deletes messages a week after they were acknowledged, and dead ones when operators had a season to decide.</summary>
internal sealed class PurgeMessages : ITableCleaner
{
    /// <summary>How long after it was acknowledged.</summary>
    public static readonly TimeSpan DeliveredFor = TimeSpan.FromDays(7);

    /// <summary>How long after it was given up.</summary>
    public static readonly TimeSpan DeadFor = TimeSpan.FromDays(90);

    public IReadOnlyList<Type> Tables { get; } = [typeof(OutboxMessage)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (delivered, dead) = (now - DeliveredFor, now - DeadFor);
        var messages = db.Set<OutboxMessage>();
        await messages.Where(message => message.State == OutboxState.Delivered && message.EndedAt < delivered).OrderBy(message => message.EndedAt).DeleteInBatchesAsync(cancellationToken);
        await messages.Where(message => message.State == OutboxState.Dead && message.EndedAt < dead).OrderBy(message => message.EndedAt).DeleteInBatchesAsync(cancellationToken);
    }
}
