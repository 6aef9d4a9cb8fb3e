using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>
/// Keeps that a notice was opened: flag, counter, access record and what the sender may hear change together; of two tabs that open at
/// once, one changes the counter.
/// </summary>
internal sealed class MarkNoticeRead(AuditTrail audit, NoticeEvents events, TimeProvider clock)
{
    /// <summary>Marks the notice and returns when it was opened first.</summary>
    public async Task<DateTimeOffset> ExecuteAsync(PortalDbContext db, Viewer viewer, Notice notice, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var firstOpenedAt = notice.FirstOpenedAt ?? now;
        audit.Add(db, AccessEvent.NoticeOpened, Actor.Citizen(viewer.Citizen), viewer.Owner, notice.Id.Value);
        if (!notice.IsUnread)
        {
            await db.SaveChangesAsync(cancellationToken);
            return firstOpenedAt;
        }

        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var marked = await db.Set<Notice>()
            .Where(found => found.Id == notice.Id && found.Owner == viewer.Owner && found.IsUnread)
            .ExecuteUpdateAsync(
                set => set.SetProperty(found => found.IsUnread, false).SetProperty(found => found.FirstOpenedAt, found => found.FirstOpenedAt ?? now),
                cancellationToken);
        if (marked is 1)
        {
            await db.Set<Mailbox>()
                .Where(mailbox => mailbox.Owner == viewer.Owner)
                .ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.Unread, mailbox => mailbox.Unread - 1), cancellationToken);
        }

        // A notice marked unread and opened again is no news to the sender.
        if (marked is 1 && notice.FirstOpenedAt is null)
        {
            await events.OpenedAsync(db, notice, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return firstOpenedAt;
    }
}
