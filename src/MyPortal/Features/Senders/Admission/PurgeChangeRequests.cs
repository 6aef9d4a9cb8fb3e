using MyPortal.Data;

namespace MyPortal.Features.Senders.Admission;

/// <summary>Deletes approved proposals; what was changed, by whom and why stays in the records. Open ones, one a sender at most, wait for somebody.</summary>
internal sealed class PurgeChangeRequests : ITableCleaner
{
    /// <summary>How long after its approval.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    public IReadOnlyList<Type> Tables { get; } = [typeof(ChangeRequest)];

    public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = now - KeptFor;
        return db.Set<ChangeRequest>()
            .Where(proposal => proposal.State == ChangeRequestState.Approved && proposal.ChangedAt < limit && proposal.DecidedAt < limit)
            .OrderBy(proposal => proposal.ChangedAt)
            .DeleteInBatchesAsync(cancellationToken);
    }
}
