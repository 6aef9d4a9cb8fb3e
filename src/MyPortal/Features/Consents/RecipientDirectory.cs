using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

internal sealed class RecipientDirectory(IDbContextFactory<PortalDbContext> databases, RecipientCodes codes, TimeProvider clock) : IRecipientDirectory
{
    public async Task<Recipient?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken)
    {
        if (!Crockford.TryRead(code, RecipientCode.CodeBytes, out var bytes))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = codes.HashOf(sender, bytes);
        var now = clock.Now();
        return await db.Set<RecipientCode>().AsNoTracking()
            .Where(found => found.Hash == hash && found.SenderId == sender && (found.EndsAt == null || found.EndsAt > now))
            .Select(found => new Recipient(found.CitizenId, found.ServiceId, found.IsReceived, found.Hash))
            .SingleOrDefaultAsync(cancellationToken);
    }

    // Changing the row locks it on every engine; when a withdrawal deleted it meanwhile, no row is left to change.
    public async Task<bool> ClaimDeliveryAsync(PortalDbContext db, Recipient recipient, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var held = await db.Set<RecipientCode>()
            .Where(found => found.Hash == recipient.DeliveryGrant && found.IsReceived && (found.EndsAt == null || found.EndsAt > now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(code => code.Deliveries, code => code.Deliveries + 1).SetProperty(code => code.LastDeliveryAt, now),
                cancellationToken);
        return held is 1;
    }
}
