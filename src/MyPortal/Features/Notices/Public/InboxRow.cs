namespace MyPortal.Features.Notices.Public;

/// <summary>One row of an inbox, in the language of the page. Public, because a component takes it as its parameter.</summary>
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
/// <param name="IsDone">The owner said that it is done; never told to a proxy.</param>
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
    bool IsNew,
    bool IsDone = false);
