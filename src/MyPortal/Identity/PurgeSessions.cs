using MyPortal.Data;

namespace MyPortal.Identity;

/// <summary>
/// Deletes sessions that a newer one of the same person followed long ago. The newest one stays: it tells the next what is new. Ends
/// those that were used before the clock was set back.
/// </summary>
internal sealed class PurgeSessions(Sessions sessions) : ITableCleaner
{
    /// <summary>How long after the next one began; the list of logins shows them as long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public IReadOnlyList<Type> Tables { get; } = [typeof(Session)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = now - KeptFor;
        await db.Set<Session>().Where(session => session.SupersededAt < limit).OrderBy(session => session.SupersededAt).DeleteInBatchesAsync(cancellationToken);
        await sessions.EndFromFutureAsync(db, now, cancellationToken);
    }
}
