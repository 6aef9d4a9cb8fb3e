using System.Globalization;
using System.Text.Json;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices;

/// <summary>What a sender is told about its notice, at its webhook and when it asks. That a notice was opened it hears only where the citizen lets it know.</summary>
internal sealed class NoticeEvents(ISenderWebhooks webhooks, IReadingDisclosure disclosure, PortalSite site, AuditTrail audit)
{
    private const string Withheld = "withheld";

    /// <summary>The state a sender may know.</summary>
    public async Task<NoticeStatus> StatusAsync(PortalDbContext db, Notice notice, CancellationToken cancellationToken) =>
        notice.FirstOpenedAt is { } openedAt && await disclosure.MayTellAsync(db, notice.Owner, notice.SenderId, notice.ServiceId, cancellationToken)
            ? StatusOf(notice, Text(openedAt))
            : StatusOf(notice);

    /// <summary>Tells that a notice lies in the inbox, in the transaction that puts it there.</summary>
    public Task DeliveredAsync(PortalDbContext db, Notice notice, CancellationToken cancellationToken) =>
        QueueAsync(db, notice, SenderEventTypes.NoticeDelivered, notice.DeliveredAt, StatusOf(notice), cancellationToken);

    /// <summary>Tells that the owner opened it first, in the transaction that marks it; nothing where the owner keeps that.</summary>
    public async Task OpenedAsync(PortalDbContext db, Notice notice, DateTimeOffset openedAt, CancellationToken cancellationToken)
    {
        if (!await disclosure.MayTellAsync(db, notice.Owner, notice.SenderId, notice.ServiceId, cancellationToken))
        {
            return;
        }

        audit.Add(db, AccessEvent.OpeningTold, Actor.Sender(notice.SenderId), notice.Owner, notice.Id.Value);
        await QueueAsync(db, notice, SenderEventTypes.NoticeOpened, openedAt, StatusOf(notice, Text(openedAt)), cancellationToken);
    }

    internal static NoticeStatus StatusOf(Notice notice, string opened = Withheld) => new(notice.Id.Value, NoticeState.Delivered, notice.AcceptedAt, opened, notice.DeliveredAt);

    private Task QueueAsync(PortalDbContext db, Notice notice, string type, DateTimeOffset at, NoticeStatus status, CancellationToken cancellationToken) =>
        webhooks.QueueEventAsync(
            db,
            notice.SenderId,
            id => JsonSerializer.SerializeToUtf8Bytes(new SenderEvent("1.0", id, site.OriginText, type, $"/api/v1/notices/{notice.Id}", at, "application/json", status), ContractJson.Options),
            cancellationToken);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
