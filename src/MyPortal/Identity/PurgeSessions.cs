using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>Deletes sessions that a newer one of the same person followed long ago. The newest one stays: it tells the next what is new.</summary>
internal sealed class PurgeSessions : ITableCleaner
{
    /// <summary>How long after the next one began; the list of logins shows them as long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public IReadOnlyList<Type> Tables { get; } = [typeof(Session)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (limit, latest) = (now - KeptFor, Session.IdleLimit.LatestBegin(now));
        await db.Set<Session>().Where(session => session.SupersededAt < limit).OrderBy(session => session.SupersededAt).DeleteInBatchesAsync(cancellationToken);

        // Used before the clock was set back: over, and it stays so when the clock has caught up.
        await db.Set<Session>()
            .Where(session => session.LastSeenAt > latest && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndReason, SessionEnd.ClockSetBack), cancellationToken);
    }
}
