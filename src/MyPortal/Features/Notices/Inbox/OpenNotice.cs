using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Notices.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>Opens a notice: shows it, marks it read and keeps the first instant.</summary>
internal sealed class OpenNotice(IDbContextFactory<PortalDbContext> databases, NoticeReader reader, IReadingDisclosure disclosure, MarkNoticeRead mark)
{
    public Task<Result<OpenedNotice>> ExecuteAsync(Viewer viewer, NoticeId id, CancellationToken cancellationToken) => ExecuteAsync(viewer, id, isSeen: true, cancellationToken);

    /// <summary>Whether the notice is there and can be opened. Nobody sees it, so it stays as it is.</summary>
    public Task<Result<OpenedNotice>> LookAsync(Viewer viewer, NoticeId id, CancellationToken cancellationToken) => ExecuteAsync(viewer, id, isSeen: false, cancellationToken);

    private async Task<Result<OpenedNotice>> ExecuteAsync(Viewer viewer, NoticeId id, bool isSeen, CancellationToken cancellationToken)
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

        if (!isSeen)
        {
            return opened;
        }

        return opened.Value with
        {
            FirstOpenedAt = await mark.ExecuteAsync(db, viewer, notice, cancellationToken),
            IsSenderTold = await disclosure.MayTellAsync(db, viewer.Owner, notice.SenderId, notice.ServiceId, cancellationToken),
        };
    }
}
