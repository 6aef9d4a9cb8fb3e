namespace MyPortal.Contracts.SenderApi;

/// <summary>Body of <c>POST /api/v1/notices</c>: one notice for one person.</summary>
/// <param name="Recipient">Recipient code: 26 Crockford base32 characters, valid for one sender and one service only.</param>
/// <param name="Type">What kind of notice it is.</param>
/// <param name="Contents">One entry per language; the first is the original.</param>
/// <param name="Reason">Why this notice must reach this one person; private senders must say it. One line, at most 200 characters as people count them.</param>
/// <param name="Concerns">Which child, contract or property it concerns. One line, at most 100 characters.</param>
/// <param name="DueOn">Last day to act, Japan time.</param>
public sealed record PostNotice(
    string Recipient,
    NoticeType Type,
    IReadOnlyList<NoticeContent> Contents,
    string? Reason = null,
    string? Concerns = null,
    DateOnly? DueOn = null);

/// <summary>The words of a notice in one language.</summary>
/// <param name="Language"><c>ja</c>, <c>en</c> or <c>ja-Hira</c> (easy Japanese).</param>
/// <param name="Title">1 to 60 characters of plain text in one line, counted as people do (an ideograph with its variant is one).</param>
/// <param name="Body">1 to 20,000 characters in the Markdown subset of docs/sender-api.md.</param>
/// <param name="Summary">At most 120 characters of plain text in one line.</param>
public sealed record NoticeContent(string Language, string Title, string Body, string? Summary = null);

/// <summary>Kinds of notices.</summary>
public enum NoticeType
{
    /// <summary>Information; nothing has to be done.</summary>
    Info,

    /// <summary>An official decision 決定通知.</summary>
    Decision,

    /// <summary>A certificate, for example of premiums paid 証明書.</summary>
    Certificate,

    /// <summary>Something about a contract 契約.</summary>
    Contract,

    /// <summary>A bill 請求.</summary>
    Bill,

    /// <summary>A meter reading 検針.</summary>
    MeterReading,

    /// <summary>A reminder 再度のお知らせ.</summary>
    Reminder,
}
