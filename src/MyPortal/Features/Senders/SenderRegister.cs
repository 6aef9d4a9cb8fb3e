using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Works for no viewer: it is reached from the sandbox's command line only.</summary>
internal sealed class SenderRegister(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : ISenderRegister
{
    public async Task<RegisteredSender> RegisterAsync(SenderRegistration registration, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.ClientId == registration.ClientId, cancellationToken);
        if (sender is null)
        {
            sender = Sender.Register(SenderId.New(now), registration.ClientId, registration.Name, registration.IsPublic ? SenderKind.Public : SenderKind.Private, now);
            db.Add(sender);
        }

        var service = await db.Set<SenderService>().SingleOrDefaultAsync(found => found.SenderId == sender.Id && found.Name == registration.ServiceName, cancellationToken);
        if (service is null)
        {
            service = SenderService.Open(SenderServiceId.New(now), sender.Id, registration.ServiceName);
            db.Add(service);
        }

        var keys = await db.Set<SenderKey>().Where(key => key.SenderId == sender.Id).ToListAsync(cancellationToken);
        if (!keys.Exists(key => key.PublicKey.AsSpan().SequenceEqual(registration.PublicKey)))
        {
            db.Add(SenderKey.Register(sender.Id, registration.PublicKey, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        return new RegisteredSender(sender.Id, service.Id);
    }
}
