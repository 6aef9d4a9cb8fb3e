using MyPortal.Contracts.SenderApi;

namespace MyPortal.Features.Notices.Public;

/// <summary>A notice as its page shows it, in the language of the page or the nearest one. Public, because a component takes it as its parameter.</summary>
/// <param name="Id">Identifier of the notice.</param>
/// <param name="SenderName">Name of the sender.</param>
/// <param name="IsPublicSender">Agency or municipality; else a business.</param>
/// <param name="ServiceName">Which of the sender's services.</param>
/// <param name="Type">Type of the notice.</param>
/// <param name="Title">Title.</param>
/// <param name="Language">Value of the HTML <c>lang</c> attribute of the sender's words.</param>
/// <param name="BodyHtml">Body, made safe.</param>
/// <param name="Concerns">Which child, contract or property it concerns.</param>
/// <param name="Reason">Why the sender wrote; null for the law.</param>
/// <param name="DueOn">Last day to act, Japan time.</param>
/// <param name="DeliveredAt">When it was delivered, UTC.</param>
/// <param name="FirstOpenedAt">When the reader opened it first, UTC.</param>
/// <param name="IsSenderTold">Whether the sender hears that it was opened; never by a proxy.</param>
/// <param name="SuspensionText">Why the sender is suspended, in its operator's words; null while it is not.</param>
/// <param name="DoneAt">When the owner said that it is done, UTC; null while it is not.</param>
public sealed record OpenedNotice(
    Guid Id,
    string SenderName,
    bool IsPublicSender,
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
    bool IsSenderTold = false,
    string? SuspensionText = null,
    DateTimeOffset? DoneAt = null);
