using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>An unread notice that names a day.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Title">Title in the language of the page, or in the sender's.</param>
/// <param name="Language">Value of the HTML <c>lang</c> attribute of the title.</param>
/// <param name="DueOn">Last day to act, Japan time.</param>
internal sealed record DueNotice(Guid Id, string Title, string? Language, DateOnly DueOn);

/// <summary>
/// What is waiting for the person, the nearest day first. The day is sealed, so heads must be opened: those of the newest unread
/// notices only, because the cost must not grow with the mailbox.
/// </summary>
internal sealed class ListDueNotices(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit)
{
    private const int Shown = 5;
    private const int MostOpened = 50;

    public async Task<IReadOnlyList<DueNotice>> ExecuteAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unread = await db.Set<Notice>().AsNoTracking()
            .Where(notice => notice.Owner == viewer.Owner && notice.IsUnread)
            .OrderByDescending(notice => notice.Position).Take(MostOpened).ToListAsync(cancellationToken);
        if (unread.Count is 0)
        {
            return [];
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        List<DueNotice> due = [.. unread.Select(notice => Read(key, notice)).OfType<DueNotice>().OrderBy(notice => notice.DueOn).Take(Shown)];
        audit.Add(db, AccessEvent.InboxListed, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{due.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        return due;
    }

    private static DueNotice? Read(SealingKey key, Notice notice)
    {
        if (NoticeHead.TryOpenWith(key, notice) is not { DueOn: { } due } head)
        {
            return null;
        }

        var title = NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
        return new DueNotice(notice.Id.Value, title.Title, NoticeLanguages.HtmlLanguageOf(title.Language), due);
    }
}
