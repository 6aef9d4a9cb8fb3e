using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>A notice as its page shows it, in the language of the page or the nearest one.</summary>
internal sealed record OpenedNotice(
    NoticeId Id,
    SenderCard Sender,
    string ServiceName,
    NoticeType Type,
    string Title,
    string Language,
    string BodyHtml,
    string? Concerns,
    string? Reason,
    DateOnly? DueOn,
    DateTimeOffset DeliveredAt,
    DateTimeOffset FirstOpenedAt,
    bool IsSenderTold);

/// <summary>Opens a notice: shows it, marks it read and keeps the first instant.</summary>
internal sealed class OpenNotice(
    IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, ISenderDirectory senders, IReadingDisclosure disclosure, MarkNoticeRead mark, ILogger<OpenNotice> logger)
{
    /// <summary>The stored bytes are not what was sealed: somebody or something changed them.</summary>
    public static readonly Error Unreadable = new("notice.unreadable", ErrorKind.Unavailable);

    public async Task<Result<OpenedNotice>> ExecuteAsync(Viewer viewer, NoticeId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var notice = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (notice is null)
        {
            return NoticeErrors.NotFound;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        if (NoticeHead.TryOpenWith(key, notice) is not { } head || NoticeBody.TryOpenWith(key, notice) is not { } body)
        {
            logger.LogError("Notice {NoticeId} cannot be opened", notice.Id);
            return Unreadable;
        }

        var firstOpenedAt = await mark.ExecuteAsync(db, viewer, notice, cancellationToken);
        var title = NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
        var text = body.Texts.First(text => string.Equals(text.Language, title.Language, StringComparison.Ordinal));
        var cards = await senders.FindAsync([notice.SenderId], cancellationToken);
        return new OpenedNotice(
            notice.Id,
            cards[notice.SenderId],
            await senders.ServiceNameAsync(notice.ServiceId, cancellationToken),
            head.Type,
            title.Title,
            NoticeLanguages.HtmlLanguageOf(title.Language),
            NoticeMarkdown.ToHtml(text.Markdown),
            head.Concerns,
            body.Reason,
            head.DueOn,
            notice.DeliveredAt,
            firstOpenedAt,
            await disclosure.MayTellAsync(db, viewer.Owner, notice.SenderId, notice.ServiceId, cancellationToken));
    }
}
