using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Admission;

/// <summary>Reads the facts of a sender that were approved, and puts approved ones into force.</summary>
internal static class SenderFacts
{
    /// <summary>The facts in force; null as long as nothing was ever approved.</summary>
    public static async Task<SenderApplication?> InForceAsync(PortalDbContext db, Sender sender, CancellationToken cancellationToken)
    {
        if (sender.State is SenderState.Draft or SenderState.Submitted or SenderState.Returned)
        {
            return null;
        }

        var services = await db.Set<SenderService>().AsNoTracking().Where(service => service.SenderId == sender.Id).ToListAsync(cancellationToken);
        var inOrder = services.OrderByDescending(service => service.Id == sender.AskingService).ThenBy(service => service.Id.ToString(), StringComparer.Ordinal);
        return new SenderApplication(sender.Name, sender.Kind, sender.About, sender.QuotaPerMinute, sender.QuotaPerDay, [.. inOrder.Select(service => service.ToFacts())])
        {
            Requester = sender.ToConsentRequester(),
        };
    }

    /// <summary>Puts facts into force in the caller's unit of work. A service that is left out stays: people's recipient codes hang on it.</summary>
    public static async Task PutIntoForceAsync(PortalDbContext db, Sender sender, SenderApplication facts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        sender.Take(facts);
        var known = await db.Set<SenderService>().Where(service => service.SenderId == sender.Id).ToListAsync(cancellationToken);
        foreach (var (index, service) in facts.Services.Index())
        {
            var row = known.Find(found => found.Id.Value == service.Id);
            if (row is null)
            {
                row = SenderService.Open(SenderServiceId.New(now), sender.Id, service);
                db.Add(row);
            }
            else
            {
                row.Take(service);
            }

            if (index is 0 && facts.Requester is { } requester)
            {
                sender.Ask(requester, row.Id);
            }
        }
    }
}
