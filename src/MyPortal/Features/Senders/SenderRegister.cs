using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>
/// Registers a sender as live without the two operators of the console. Not called on behalf of a citizen: it is reached from the sandbox's command
/// line only, which live mode refuses.
/// </summary>
internal sealed class SenderRegister(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : ISenderRegister
{
    // No journey and no benchmark reaches these.
    private const int ManyPerMinute = SenderApplication.HighestPerMinute;
    private const int ManyPerDay = SenderApplication.HighestPerDay;

    public async Task<RegisteredSender> RegisterAsync(SenderRegistration registration, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.ClientId == registration.ClientId, cancellationToken);
        if (sender is null)
        {
            sender = Sender.Draft(SenderId.New(now), registration.ClientId, DossierOf(registration), now);
            sender.Follow(ChangeRequestState.Approved);
            db.Add(sender);
        }

        var service = await db.Set<SenderService>().SingleOrDefaultAsync(found => found.SenderId == sender.Id && found.Name == registration.ServiceName, cancellationToken);
        if (service is null)
        {
            service = SenderService.Open(SenderServiceId.New(now), sender.Id, DossierOf(registration).Services[0]);
            db.Add(service);
        }

        if (registration.Requester is { } requester)
        {
            sender.Ask(requester, service.Id);
        }

        var keys = await db.Set<SenderKey>().Where(key => key.SenderId == sender.Id).ToListAsync(cancellationToken);
        if (!keys.Exists(key => key.PublicKey.AsSpan().SequenceEqual(registration.PublicKey)))
        {
            db.Add(SenderKey.Register(sender.Id, registration.PublicKey, KeyPurpose.Live, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        return new RegisteredSender(sender.Id, service.Id);
    }

    private static SenderApplication DossierOf(SenderRegistration registration)
    {
        var service = new ServiceApplication(registration.ServiceName, registration.IsPublic ? ServiceBasis.Law : ServiceBasis.Consent, registration.IsPublic ? registration.Law ?? "模擬環境の条例" : "お知らせの送付", []);
        return new SenderApplication(registration.Name, registration.IsPublic ? SenderKind.Public : SenderKind.Private, registration.Name, ManyPerMinute, ManyPerDay, [service]);
    }
}
