using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;

namespace MyPortal.Features.Consents;

/// <summary>Works for no viewer: whoever admits senders calls it.</summary>
internal sealed class ConsentClients(IDbContextFactory<PortalDbContext> databases) : IConsentClients
{
    public async Task RegisterAsync(ConsentClientFacts facts, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var client = await db.Set<ConsentClient>().SingleOrDefaultAsync(found => found.SenderId == facts.Sender, cancellationToken);
        if (client is null)
        {
            client = ConsentClient.Register(facts.Sender);
            db.Add(client);
        }

        client.Describe(facts.Service, facts.ClientId, facts.CorporateNumber, facts.Contact, facts.ReturnAddresses, facts.MessageAddress, facts.Law);
        await db.SaveChangesAsync(cancellationToken);
    }
}
