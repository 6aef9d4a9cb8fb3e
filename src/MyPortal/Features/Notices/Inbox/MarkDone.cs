using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>
/// The person says that what a notice asked for is done, or takes that back. Only the owner: a mandate lets a proxy read, not act. The
/// sender hears nothing of it.
/// </summary>
internal sealed class MarkDone(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<NoticeId>> ExecuteAsync(Viewer viewer, NoticeId id, bool isDone, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var own = db.Set<Notice>().Where(notice => notice.Id == id && notice.Owner == viewer.Owner);
        DateTimeOffset? doneAt = isDone ? clock.Now() : null;

        // What was never open has nothing to take back, and what is done keeps its first instant.
        var changing = isDone ? own.Where(notice => notice.DoneAt == null && notice.IsOpenToDo != false) : own.Where(notice => notice.DoneAt != null);
        var changed = await changing.ExecuteUpdateAsync(
            set => set.SetProperty(notice => notice.IsOpenToDo, !isDone).SetProperty(notice => notice.DoneAt, doneAt),
            cancellationToken);
        if (changed is 0)
        {
            return await own.AnyAsync(cancellationToken) ? id : NoticeErrors.NotFound;
        }

        audit.Add(db, isDone ? AccessEvent.NoticeDone : AccessEvent.NoticeUndone, Actor.Citizen(viewer.Citizen), viewer.Owner, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return id;
    }
}
