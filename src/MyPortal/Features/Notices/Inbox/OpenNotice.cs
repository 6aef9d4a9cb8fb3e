using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>Opens a notice: shows it, marks it read and keeps the first instant.</summary>
internal sealed class OpenNotice(IDbContextFactory<PortalDbContext> databases, NoticeReader reader, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<OpenedNotice>> ExecuteAsync(Viewer viewer, NoticeId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var notice = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (notice is null)
        {
            return NoticeErrors.NotFound;
        }

        var opened = await reader.ReadAsync(db, notice, cancellationToken);
        if (opened.IsRefused)
        {
            return opened.Error;
        }

        return opened.Value with { FirstOpenedAt = await MarkReadAsync(db, viewer, notice, cancellationToken) };
    }

    // Flag, counter and access record change together; of two tabs that open at once, one changes the counter.
    private async Task<DateTimeOffset> MarkReadAsync(PortalDbContext db, Viewer viewer, Notice notice, CancellationToken cancellationToken)
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

        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return firstOpenedAt;
    }
}
