using MyPortal.Data;

namespace MyPortal.Features.Notices.Sending;

/// <summary>Deletes idempotency keys nine months after their post.</summary>
internal sealed class PurgeAcceptedPosts : ITableCleaner
{
    public IReadOnlyList<Type> Tables { get; } = [typeof(AcceptedPost)];

    public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = now - AcceptedPost.KeptFor;
        return db.Set<AcceptedPost>().Where(post => post.AcceptedAt < limit).OrderBy(post => post.AcceptedAt).DeleteInBatchesAsync(cancellationToken);
    }
}
