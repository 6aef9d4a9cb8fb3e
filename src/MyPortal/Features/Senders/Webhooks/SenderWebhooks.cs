using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;

namespace MyPortal.Features.Senders.Webhooks;

internal sealed class SenderWebhooks(IDbContextFactory<PortalDbContext> databases, OutboxQueue outbox, OutboxOptions options, PortalSeal seal, AuditTrail audit, TimeProvider clock) : ISenderWebhooks
{
    public async Task<Result<Uri>> RegisterAsync(SenderId sender, string address, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || !OutboundAddress.MayBeRegistered(parsed, options))
        {
            audit.Add(db, AccessEvent.SenderWebhookChanged, Actor.Sender(sender), outcome: SenderErrors.WebhookAddressRefused.Code);
            await db.SaveChangesAsync(cancellationToken);
            return SenderErrors.WebhookAddressRefused;
        }

        var webhook = await db.Set<SenderWebhook>().SingleOrDefaultAsync(found => found.SenderId == sender, cancellationToken);
        if (webhook is null)
        {
            webhook = SenderWebhook.Of(sender);
            db.Add(webhook);
        }

        var kept = OutboundAddress.OnTheWire(parsed);
        webhook.Register(seal.Seal(Encoding.UTF8.GetBytes(kept.AbsoluteUri), PlaceOf(sender)), clock.Now());
        audit.Add(db, AccessEvent.SenderWebhookChanged, Actor.Sender(sender));
        await db.SaveChangesAsync(cancellationToken);
        return kept;
    }

    public async Task RemoveAsync(SenderId sender, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<SenderWebhook>().Where(webhook => webhook.SenderId == sender).ExecuteDeleteAsync(cancellationToken);
        audit.Add(db, AccessEvent.SenderWebhookChanged, Actor.Sender(sender), outcome: "removed");
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<SenderWebhookCard?> FindAsync(SenderId sender, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<SenderWebhook>().AsNoTracking().SingleOrDefaultAsync(found => found.SenderId == sender, cancellationToken) is { } webhook
            ? new SenderWebhookCard(AddressOf(webhook), webhook.RegisteredAt, webhook.StoppedAt)
            : null;
    }

    public async Task<Uri?> LiveAddressAsync(PortalDbContext db, SenderId sender, CancellationToken cancellationToken) =>
        await db.Set<SenderWebhook>().AsNoTracking().SingleOrDefaultAsync(found => found.SenderId == sender && found.StoppedAt == null, cancellationToken) is { } webhook
            ? AddressOf(webhook)
            : null;

    public async Task QueueEventAsync(PortalDbContext db, SenderId sender, Func<Guid, byte[]> write, CancellationToken cancellationToken)
    {
        if (await LiveAddressAsync(db, sender, cancellationToken) is not { } address)
        {
            return;
        }

        var id = Guid.CreateVersion7(clock.Now());
        outbox.Add(db, new OutboxOrder(SenderEventKind.KindName, sender.Value, address, write(id)) { MessageId = id });
    }

    private Uri AddressOf(SenderWebhook webhook) => new(Encoding.UTF8.GetString(seal.Open(webhook.SealedAddress, PlaceOf(webhook.SenderId))));

    private static AssociatedData PlaceOf(SenderId sender) => new("SenderWebhooks", "Address", sender.ToString());
}
