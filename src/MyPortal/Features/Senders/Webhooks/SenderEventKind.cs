using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders.Webhooks;

/// <summary>Events to webhooks. A receiver that answers 410 wants no more: its webhook stops. Any other dead event waits for an operator.</summary>
internal sealed class SenderEventKind(AuditTrail audit, TimeProvider clock) : IOutboxMessageHandler
{
    public const string KindName = "sender-event";

    public string Name => KindName;

    public Task AcknowledgedAsync(PortalDbContext db, EndedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DeadAsync(PortalDbContext db, EndedMessage message, string outcome, CancellationToken cancellationToken)
    {
        var sender = SenderId.From(message.Recipient);
        audit.Add(db, AccessEvent.SenderEventDead, Actor.System, objectId: message.Id, outcome: outcome);
        if (outcome is not SendOutcome.Gone)
        {
            return;
        }

        var webhook = await db.Set<SenderWebhook>().SingleOrDefaultAsync(found => found.SenderId == sender, cancellationToken);

        // An event made for an earlier address says nothing about the one registered since.
        if (webhook is not null && webhook.RegisteredAt <= message.CreatedAt)
        {
            webhook.Stop(clock.Now());
            audit.Add(db, AccessEvent.SenderWebhookChanged, Actor.Sender(sender), outcome: "stopped");
        }
    }
}
