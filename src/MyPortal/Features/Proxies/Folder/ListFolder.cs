using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Folder;

/// <summary>Which rows of a folder are asked for: the newest, or those just older or newer than a position.</summary>
internal sealed record FolderQuery(bool OnlyUnread, long? OlderThan = null, long? NewerThan = null)
{
    public int PageSize { get; init; } = 20;
}

/// <summary>A page of a folder, newest first, with the proxy's own read marks.</summary>
internal sealed record FolderList(IReadOnlyList<InboxRow> Rows, int Unread, long? Newer, long? Older);

/// <summary>
/// Lists a folder by keyset over its own positions: the cost depends neither on the owner's mailbox nor on how little of it is in
/// scope.
/// </summary>
internal sealed class ListFolder(IDbContextFactory<PortalDbContext> databases, INoticeReader notices, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<FolderList>> ExecuteAsync(FolderViewer viewer, FolderQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.EnterAsync(viewer, clock.Now(), cancellationToken))
        {
            return MandateErrors.NotFound;
        }

        var (page, newer, older) = await FindPageAsync(db, viewer, query, cancellationToken);
        var unread = viewer.KeepsOnlyOpened ? 0 : await db.Set<Mandate>().Where(mandate => mandate.Id == viewer.Folder).Select(mandate => mandate.Unread).SingleAsync(cancellationToken);
        audit.Add(db, AccessEvent.FolderListed, Actor.Citizen(viewer.Actor.Citizen), viewer.Owner, viewer.Folder.Value, string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{page.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);

        var faces = await notices.HeadsAsync(db, viewer.Owner, [.. page.Select(item => item.NoticeId)], cancellationToken);
        var rows = page.Where(item => faces.ContainsKey(item.NoticeId)).Select(item => faces[item.NoticeId] with
        {
            IsUnread = item.IsUnread,
            IsNew = item.IsUnread && item.DeliveredAt > viewer.Actor.NewSince,
        });
        return new FolderList([.. rows], unread, newer, older);
    }

    private static async Task<(List<FolderItem> Page, long? Newer, long? Older)> FindPageAsync(PortalDbContext db, FolderViewer viewer, FolderQuery query, CancellationToken cancellationToken)
    {
        var items = db.Set<FolderItem>().AsNoTracking().Where(item => item.MandateId == viewer.Folder);
        items = viewer.KeepsOnlyOpened ? items.Where(item => item.FirstOpenedAt != null) : query.OnlyUnread ? items.Where(item => item.IsUnread) : items;

        // One row more than shown tells whether there is a further page.
        if (query.NewerThan is { } newerThan)
        {
            var found = await items.Where(item => item.Position > newerThan).OrderBy(item => item.Position).Take(query.PageSize + 1).ToListAsync(cancellationToken);
            var page = found.Take(query.PageSize).Reverse().ToList();
            return (page, found.Count > query.PageSize ? page[0].Position : null, page.Count > 0 ? page[^1].Position : null);
        }
        else
        {
            var from = query.OlderThan ?? long.MaxValue;
            var found = await items.Where(item => item.Position < from).OrderByDescending(item => item.Position).Take(query.PageSize + 1).ToListAsync(cancellationToken);
            var page = found.Take(query.PageSize).ToList();
            return (page, query.OlderThan is not null && page.Count > 0 ? page[0].Position : null, found.Count > query.PageSize ? page[^1].Position : null);
        }
    }
}

/// <summary>The gate of a folder.</summary>
internal static class FolderAuthorization
{
    /// <summary>
    /// Writes that the proxy looked, if the mandate has force. The write takes the same row that ending it takes: of both at the same
    /// moment one waits, and after an end nobody enters. Goes into the caller's transaction.
    /// </summary>
    public static async Task<bool> EnterAsync(this PortalDbContext db, FolderViewer viewer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var gates = viewer.KeepsOnlyOpened
            ? db.Set<Mandate>().Where(mandate => mandate.State == MandateState.StoppedSilently && mandate.ValidUntil > now)
            : db.InForce(now);
        return await gates
            .Where(mandate => mandate.Id == viewer.Folder && mandate.Proxy == viewer.Actor.Citizen)
            .ExecuteUpdateAsync(set => set.SetProperty(mandate => mandate.LastUsedAt, now), cancellationToken) is 1;
    }
}
