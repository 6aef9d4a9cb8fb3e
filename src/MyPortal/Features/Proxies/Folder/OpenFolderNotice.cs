using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Folder;

/// <summary>
/// Opens a notice in a folder for its proxy: marks it read there, keeps the first instant for the principal, and leaves the principal's
/// own read state alone. What is not in the folder is not there.
/// </summary>
internal sealed class OpenFolderNotice(IDbContextFactory<PortalDbContext> databases, INoticeReader notices, AuditTrail audit, TimeProvider clock)
{
    public Task<Result<OpenedNotice>> ExecuteAsync(FolderViewer viewer, NoticeId id, CancellationToken cancellationToken) => ExecuteAsync(viewer, id, isSeen: true, cancellationToken);

    /// <summary>Whether the notice is there and can be opened. Nobody sees it, so it stays as it is.</summary>
    public Task<Result<OpenedNotice>> LookAsync(FolderViewer viewer, NoticeId id, CancellationToken cancellationToken) => ExecuteAsync(viewer, id, isSeen: false, cancellationToken);

    private async Task<Result<OpenedNotice>> ExecuteAsync(FolderViewer viewer, NoticeId id, bool isSeen, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.Now();
        if (!await db.EnterAsync(viewer, now, cancellationToken))
        {
            return MandateErrors.NotFound;
        }

        var item = await db.Set<FolderItem>().AsNoTracking().SingleOrDefaultAsync(found => found.MandateId == viewer.Folder && found.NoticeId == id, cancellationToken);
        if (item is null || (viewer.KeepsOnlyOpened && item.FirstOpenedAt is null))
        {
            return MandateErrors.NotFound;
        }

        var opened = await notices.ReadAsync(db, viewer.Owner, id, cancellationToken);
        if (opened.IsRefused || !isSeen)
        {
            return opened;
        }

        await MarkReadAsync(db, item, now, cancellationToken);
        audit.Add(db, AccessEvent.FolderNoticeOpened, Actor.Citizen(viewer.Actor.Citizen), viewer.Owner, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return opened.Value with { FirstOpenedAt = item.FirstOpenedAt ?? now };
    }

    // Of two tabs that open at once, one changes the counter.
    private static async Task MarkReadAsync(PortalDbContext db, FolderItem item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isMarked = await db.Set<FolderItem>()
            .Where(found => found.MandateId == item.MandateId && found.Position == item.Position && found.IsUnread)
            .ExecuteUpdateAsync(set => set.SetProperty(found => found.IsUnread, false).SetProperty(found => found.FirstOpenedAt, found => found.FirstOpenedAt ?? now), cancellationToken) is 1;
        if (isMarked)
        {
            await db.Set<Mandate>().Where(mandate => mandate.Id == item.MandateId).ExecuteUpdateAsync(set => set.SetProperty(mandate => mandate.Unread, mandate => mandate.Unread - 1), cancellationToken);
        }
    }
}
