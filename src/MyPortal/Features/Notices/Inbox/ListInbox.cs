using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices.Inbox;

internal enum InboxTab
{
    All,
    Unread,
}

/// <summary>Which rows are asked for: the newest, or those just older or newer than a position.</summary>
internal sealed record InboxQuery(InboxTab Tab, long? OlderThan = null, long? NewerThan = null)
{
    public int PageSize { get; init; } = 20;
}

/// <summary>One row of the inbox, in the language of the page. Public, because a component takes it as its parameter.</summary>
/// <param name="Id">Identifier of the notice.</param>
/// <param name="SenderName">Name of the sender.</param>
/// <param name="IsPublicSender">Agency or municipality; else a business.</param>
/// <param name="Title">Title; null when the stored bytes are not what was sealed.</param>
/// <param name="Language">Value of the HTML <c>lang</c> attribute of the sender's words.</param>
/// <param name="Summary">One sentence, if the sender gave one.</param>
/// <param name="Concerns">Which child, contract or property it concerns.</param>
/// <param name="DueOn">Last day to act, Japan time.</param>
/// <param name="DeliveredAt">When it was delivered, UTC.</param>
/// <param name="IsUnread">Not opened yet.</param>
/// <param name="IsNew">Delivered since the previous visit began, and unread.</param>
public sealed record InboxRow(
    Guid Id,
    string SenderName,
    bool IsPublicSender,
    string? Title,
    string? Language,
    string? Summary,
    string? Concerns,
    DateOnly? DueOn,
    DateTimeOffset DeliveredAt,
    bool IsUnread,
    bool IsNew);

/// <summary>A page of the inbox, newest first.</summary>
/// <param name="Rows">At most <see cref="InboxQuery.PageSize"/>.</param>
/// <param name="Unread">Unread notices in the whole mailbox.</param>
/// <param name="Newer">Position for the link to newer rows; null when there are none.</param>
/// <param name="Older">Position for the link to older rows; null when there are none.</param>
internal sealed record InboxList(IReadOnlyList<InboxRow> Rows, int Unread, long? Newer, long? Older);

/// <summary>Lists a mailbox by keyset over its positions; opens the heads of the rows shown and nothing else.</summary>
internal sealed class ListInbox(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, ISenderDirectory senders, AuditTrail audit, ILogger<ListInbox> logger)
{
    public async Task<InboxList> ExecuteAsync(Viewer viewer, InboxQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (page, newer, older) = await FindPageAsync(db, viewer, query, cancellationToken);
        var unread = await db.Set<Mailbox>().AsNoTracking().Where(mailbox => mailbox.Owner == viewer.Owner).Select(mailbox => mailbox.Unread).SingleOrDefaultAsync(cancellationToken);
        var cards = await senders.FindAsync([.. page.Select(notice => notice.SenderId).Distinct()], cancellationToken);
        var rows = page.Count is 0 ? [] : await OpenAsync(db, viewer, page, cards, cancellationToken);
        audit.Add(db, AccessEvent.InboxListed, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{rows.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        return new InboxList(rows, unread, newer, older);
    }

    private static async Task<(List<Notice> Page, long? Newer, long? Older)> FindPageAsync(PortalDbContext db, Viewer viewer, InboxQuery query, CancellationToken cancellationToken)
    {
        var notices = db.Set<Notice>().AsNoTracking().Where(notice => notice.Owner == viewer.Owner);
        if (query.Tab is InboxTab.Unread)
        {
            notices = notices.Where(notice => notice.IsUnread);
        }

        // One row more than shown tells whether there is a further page.
        if (query.NewerThan is { } newerThan)
        {
            var found = await notices.Where(notice => notice.Position > newerThan).OrderBy(notice => notice.Position).Take(query.PageSize + 1).ToListAsync(cancellationToken);
            var hasNewer = found.Count > query.PageSize;
            var page = found.Take(query.PageSize).Reverse().ToList();
            return (page, hasNewer ? page[0].Position : null, page.Count > 0 ? page[^1].Position : null);
        }
        else
        {
            var from = query.OlderThan ?? long.MaxValue;
            var found = await notices.Where(notice => notice.Position < from).OrderByDescending(notice => notice.Position).Take(query.PageSize + 1).ToListAsync(cancellationToken);
            var hasOlder = found.Count > query.PageSize;
            var page = found.Take(query.PageSize).ToList();
            return (page, query.OlderThan is not null && page.Count > 0 ? page[0].Position : null, hasOlder ? page[^1].Position : null);
        }
    }

    private async Task<IReadOnlyList<InboxRow>> OpenAsync(PortalDbContext db, Viewer viewer, List<Notice> page, IReadOnlyDictionary<SenderId, SenderCard> cards, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var rows = new List<InboxRow>(page.Count);
        foreach (var notice in page)
        {
            var head = NoticeHead.TryOpenWith(key, notice);
            if (head is null)
            {
                logger.LogError("The head of notice {NoticeId} cannot be opened", notice.Id);
            }

            var title = head is null ? null : NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
            rows.Add(new InboxRow(
                notice.Id.Value,
                cards[notice.SenderId].Name,
                cards[notice.SenderId].IsPublic,
                title?.Title,
                title is null ? null : NoticeLanguages.HtmlLanguageOf(title.Language),
                title?.Summary,
                head?.Concerns,
                head?.DueOn,
                notice.DeliveredAt,
                notice.IsUnread,
                notice.IsNewSince(viewer.NewSince)));
        }

        return rows;
    }
}
