namespace MyPortal.Contracts.SenderApi;

/// <summary>What the portal posts to a sender's webhook: a CloudEvents 1.0 event in JSON. Never says who the recipient is.</summary>
/// <param name="Specversion">Always <c>1.0</c>.</param>
/// <param name="Id">Identifier of the event, UUIDv7; the same at every attempt.</param>
/// <param name="Source">Origin of the portal.</param>
/// <param name="Type">One of <see cref="SenderEventTypes"/>; skip types you do not know.</param>
/// <param name="Subject">Path of what the event is about, for example <c>/api/v1/notices/{id}</c>.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Datacontenttype">Always <c>application/json</c>.</param>
/// <param name="Data">The notice as <c>GET /api/v1/notices/{id}</c> answered at that moment.</param>
public sealed record SenderEvent(
    string Specversion,
    Guid Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    string Datacontenttype,
    NoticeStatus Data);

/// <summary>Types of events.</summary>
public static class SenderEventTypes
{
    /// <summary>The notice lies in the person's inbox.</summary>
    public const string NoticeDelivered = "notice.delivered";

    /// <summary>The person opened it for the first time, and lets this sender know.</summary>
    public const string NoticeOpened = "notice.opened";
}
