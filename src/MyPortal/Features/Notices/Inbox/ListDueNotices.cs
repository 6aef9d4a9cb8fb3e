using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>A notice that names a day. Public, because a component takes it as its parameter.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Title">Title in the language of the page, or in the sender's.</param>
/// <param name="Language">Value of the HTML <c>lang</c> attribute of the title.</param>
/// <param name="DueOn">Last day to act, Japan time.</param>
public sealed record DueNotice(Guid Id, string Title, string Language, DateOnly DueOn);

/// <summary>What is waiting for the person.</summary>
/// <param name="Coming">Due today or later, the nearest day first.</param>
/// <param name="Overdue">Whose day has passed, the latest day first. Apart, so that what was never ticked off hides nothing that can still be done.</param>
/// <param name="Open">How many are open, shown or not.</param>
internal sealed record DueNotices(IReadOnlyList<DueNotice> Coming, IReadOnlyList<DueNotice> Overdue, int Open);

/// <summary>
/// What names a day and is not done. The day is sealed, so the heads of all open ones must be opened to find the nearest: a flag marks
/// them, and the cost is that of what is open, however large the mailbox is.
/// </summary>
internal sealed class ListDueNotices(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    private const int ComingShown = 5;
    private const int OverdueShown = 3;

    // Opened in a few milliseconds. Whoever leaves more than that open finds the older ones in the inbox.
    private const int MostOpened = 1000;

    public async Task<DueNotices> ExecuteAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var yes = true;
        var open = await db.Set<Notice>().AsNoTracking()
            .Where(notice => notice.Owner == viewer.Owner && notice.IsOpenToDo == yes)
            .OrderByDescending(notice => notice.Position).Take(MostOpened).Heads().ToListAsync(cancellationToken);
        if (open.Count is 0)
        {
            return new DueNotices([], [], 0);
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var due = open.Select(head => Read(key, head)).OfType<DueNotice>().ToList();
        var today = DateOnly.FromDateTime(clock.Now().InJapan().DateTime);
        var list = new DueNotices(
            [.. due.Where(notice => notice.DueOn >= today).OrderBy(notice => notice.DueOn).Take(ComingShown)],
            [.. due.Where(notice => notice.DueOn < today).OrderByDescending(notice => notice.DueOn).Take(OverdueShown)],
            due.Count);
        audit.Add(db, AccessEvent.InboxListed, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{list.Coming.Count + list.Overdue.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        return list;
    }

    /// <summary>What the person has just ticked off; null when it is not done, or not theirs.</summary>
    public async Task<DueNotice?> FindDoneAsync(Viewer viewer, NoticeId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var done = await db.Set<Notice>().AsNoTracking()
            .Where(notice => notice.Id == id && notice.Owner == viewer.Owner && notice.DoneAt != null).Heads().SingleOrDefaultAsync(cancellationToken);
        if (done is null)
        {
            return null;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        return Read(key, done);
    }

    private static DueNotice? Read(SealingKey key, StoredHead stored)
    {
        if (NoticeHead.TryOpenWith(key, stored) is not { DueOn: { } due } head)
        {
            return null;
        }

        var title = NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
        return new DueNotice(stored.Id.Value, title.Title, NoticeLanguages.HtmlLanguageOf(title.Language), due);
    }
}
