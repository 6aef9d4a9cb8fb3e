using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Inbox;

internal enum InboxTab
{
    All,
    Unread,

    /// <summary>What names a day and is not done.</summary>
    ToDo,
}

/// <summary>Which rows are asked for: the newest, or those just older or newer than a position.</summary>
internal sealed record InboxQuery(InboxTab Tab, long? OlderThan = null, long? NewerThan = null)
{
    public int PageSize { get; init; } = 20;

    /// <summary>Services that are left out. Only the newest part of the mailbox is looked through for others.</summary>
    public IReadOnlyList<SenderServiceId> Without { get; init; } = [];
}

/// <summary>A page of the inbox, newest first.</summary>
/// <param name="Rows">At most <see cref="InboxQuery.PageSize"/>.</param>
/// <param name="Unread">Unread notices in the whole mailbox.</param>
/// <param name="Newer">Position for the link to newer rows; null when there are none.</param>
/// <param name="Older">Position for the link to older rows; null when there are none.</param>
internal sealed record InboxList(IReadOnlyList<InboxRow> Rows, int Unread, long? Newer, long? Older);

/// <summary>Lists a mailbox by keyset over its positions; opens the heads of the rows shown and nothing else.</summary>
internal sealed class ListInbox(IDbContextFactory<PortalDbContext> databases, NoticeReader reader, AuditTrail audit)
{
    // Whoever leaves out the loudest sender must not have the whole mailbox walked through for the others.
    private const int Reach = 200;

    public async Task<InboxList> ExecuteAsync(Viewer viewer, InboxQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (page, newer, older) = await FindPageAsync(db, viewer, query, cancellationToken);
        var unread = await db.Set<Mailbox>().AsNoTracking().Where(mailbox => mailbox.Owner == viewer.Owner).Select(mailbox => mailbox.Unread).SingleOrDefaultAsync(cancellationToken);
        var rows = await reader.RowsOfAsync(db, page, head => new RowMarks(head.IsUnread, head.IsNewSince(viewer.NewSince), head.DoneAt is not null), cancellationToken);
        audit.Add(db, AccessEvent.InboxListed, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{rows.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        return new InboxList(rows, unread, newer, older);
    }

    private static async Task<(List<StoredHead> Page, long? Newer, long? Older)> FindPageAsync(PortalDbContext db, Viewer viewer, InboxQuery query, CancellationToken cancellationToken)
    {
        var notices = db.Set<Notice>().AsNoTracking().Where(notice => notice.Owner == viewer.Owner);
        // A yes that is a parameter: of a bare column SQLite makes no use in an index, and would walk the whole mailbox for the few.
        var yes = true;
        notices = query.Tab switch
        {
            InboxTab.Unread => notices.Where(notice => notice.IsUnread == yes),
            InboxTab.ToDo => notices.Where(notice => notice.IsOpenToDo == yes),
            _ => notices,
        };

        // One row more than shown tells whether there is a further page.
        if (query.NewerThan is { } newerThan)
        {
            var found = await notices.Where(notice => notice.Position > newerThan).OrderBy(notice => notice.Position).Take(query.PageSize + 1).Heads().ToListAsync(cancellationToken);
            var hasNewer = found.Count > query.PageSize;
            var page = found.Take(query.PageSize).Reverse().ToList();
            return (page, hasNewer ? page[0].Position : null, page.Count > 0 ? page[^1].Position : null);
        }
        else
        {
            var from = query.OlderThan ?? long.MaxValue;
            var older = notices.Where(notice => notice.Position < from).OrderByDescending(notice => notice.Position);
            var shown = query.Without.Count is 0 ? older : older.Take(Reach).Where(notice => !query.Without.Contains(notice.ServiceId)).OrderByDescending(notice => notice.Position);
            var found = await shown.Take(query.PageSize + 1).Heads().ToListAsync(cancellationToken);
            var hasOlder = found.Count > query.PageSize;
            var page = found.Take(query.PageSize).ToList();
            return (page, query.OlderThan is not null && page.Count > 0 ? page[0].Position : null, hasOlder ? page[^1].Position : null);
        }
    }
}
