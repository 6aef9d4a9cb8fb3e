using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Ui;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>What a row says about its reader's dealings with the notice.</summary>
internal sealed record RowMarks(bool IsUnread, bool IsNew = false, bool IsDone = false);

/// <summary>Opens sealed notices under their owner's key. It decides nothing and records nothing: whoever calls it does.</summary>
internal sealed class NoticeReader(CitizenKeys keys, ISenderDirectory senders, PageText<NoticesTexts> texts, ILogger<NoticeReader> logger) : INoticeReader
{
    public async Task<IReadOnlyDictionary<NoticeId, InboxRow>> HeadsAsync(PortalDbContext db, CitizenId owner, IReadOnlyCollection<NoticeId> ids, CancellationToken cancellationToken)
    {
        var heads = ids.Count is 0 ? [] : await db.Set<Notice>().AsNoTracking().Where(notice => notice.Owner == owner && ids.Contains(notice.Id)).Heads().ToListAsync(cancellationToken);
        var rows = await RowsOfAsync(db, heads, _ => new RowMarks(IsUnread: true), cancellationToken);
        return rows.ToDictionary(row => NoticeId.From(row.Id));
    }

    public async Task<Result<OpenedNotice>> ReadAsync(PortalDbContext db, CitizenId owner, NoticeId id, CancellationToken cancellationToken)
    {
        var notice = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Owner == owner, cancellationToken);
        return notice is null ? NoticeErrors.NotFound : await ReadAsync(db, notice, cancellationToken);
    }

    /// <summary>The words of a notice in the language of the page or the nearest one.</summary>
    public async Task<Result<OpenedNotice>> ReadAsync(PortalDbContext db, Notice notice, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(db, notice.Owner, cancellationToken);
        if (NoticeHead.TryOpenWith(key, notice.Head()) is not { } head || NoticeBody.TryOpenWith(key, notice) is not { } body)
        {
            logger.LogError("Notice {NoticeId} cannot be opened", notice.Id);
            return NoticeErrors.Unreadable;
        }

        var title = NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
        var text = body.Texts.First(text => string.Equals(text.Language, title.Language, StringComparison.Ordinal));
        var cards = await senders.FindAsync(db, [notice.SenderId], cancellationToken);
        return new OpenedNotice(
            notice.Id.Value,
            cards[notice.SenderId].Name,
            cards[notice.SenderId].IsPublic,
            await senders.ServiceNameAsync(db, notice.ServiceId, cancellationToken),
            head.Type,
            title.Title,
            NoticeLanguages.HtmlLanguageOf(title.Language),
            NoticeMarkdown.ToHtml(text.Markdown, NoticeLanguages.HtmlLanguageOf(text.Language), new TableLabel(Language.Current.HtmlLang, number => texts.Plain("notice.table", number))),
            head.Concerns,
            body.Reason,
            head.DueOn,
            notice.DeliveredAt,
            notice.FirstOpenedAt ?? default,
            SuspensionText: cards[notice.SenderId].SuspensionText,
            DoneAt: notice.DoneAt);
    }

    /// <summary>Rows of one owner's notices; opens their heads and nothing else.</summary>
    public async Task<IReadOnlyList<InboxRow>> RowsOfAsync(PortalDbContext db, IReadOnlyList<StoredHead> heads, Func<StoredHead, RowMarks> marks, CancellationToken cancellationToken)
    {
        if (heads.Count is 0)
        {
            return [];
        }

        var cards = await senders.FindAsync(db, [.. heads.Select(stored => stored.Address.Sender).Distinct()], cancellationToken);
        using var key = await keys.OpenAsync(db, heads[0].Address.Owner, cancellationToken);
        return [.. heads.Select(stored => RowOf(key, stored, cards[stored.Address.Sender], marks(stored)))];
    }

    private InboxRow RowOf(SealingKey key, StoredHead stored, SenderCard sender, RowMarks mark)
    {
        var head = NoticeHead.TryOpenWith(key, stored);
        if (head is null)
        {
            logger.LogError("The head of notice {NoticeId} cannot be opened", stored.Id);
        }

        var title = head is null ? null : NoticeLanguages.Pick(head.Titles, text => text.Language, CultureInfo.CurrentUICulture);
        return new InboxRow(
            stored.Id.Value,
            sender.Name,
            sender.IsPublic,
            title?.Title,
            title is null ? null : NoticeLanguages.HtmlLanguageOf(title.Language),
            title?.Summary,
            head?.Concerns,
            head?.DueOn,
            stored.DeliveredAt,
            mark.IsUnread,
            mark.IsNew,
            mark.IsDone);
    }
}
