using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Deciding;

/// <summary>A request as the decision page shows it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="State">How far it is.</param>
/// <param name="LapsesAt">Until when it can be decided.</param>
/// <param name="IsLapsed">Whether that is over.</param>
/// <param name="Business">Who asks.</param>
/// <param name="Claims">What is asked.</param>
/// <param name="Law">The law that stands in the place of a consent; null for everybody else.</param>
public sealed record ConsentRequestView(
    Guid Id, ConsentState State, DateTimeOffset LapsesAt, bool IsLapsed, ReceiptBusiness Business, ConsentClaims Claims, string? Law);

/// <summary>Opens a request for its citizen.</summary>
internal sealed class ReadConsentRequest(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<ConsentRequestView>> ExecuteAsync(Viewer viewer, ConsentId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var consent = await db.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (consent is null)
        {
            return ConsentErrors.NotFound;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var claims = key.OpenClaims(consent);
        var (business, law) = await BusinessOfAsync(db, consent, cancellationToken);
        audit.Add(db, AccessEvent.ConsentRead, Actor.Citizen(viewer.Citizen), viewer.Owner, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        var isLapsed = consent.State is ConsentState.Requested && !consent.IsWaiting(clock.Now());
        return new ConsentRequestView(consent.Id.Value, consent.State, consent.LapsesAt, isLapsed, business, claims, law);
    }

    /// <summary>Who asked, and under which law if under one.</summary>
    internal async Task<(ReceiptBusiness Business, string? Law)> BusinessOfAsync(PortalDbContext db, Consent consent, CancellationToken cancellationToken)
    {
        var client = (await senders.AskingAsync(db, [consent.SenderId], cancellationToken))[consent.SenderId];
        var sender = (await senders.FindAsync(db, [consent.SenderId], cancellationToken))[consent.SenderId];
        var service = await senders.ServiceNameAsync(db, consent.ServiceId, cancellationToken);
        return (new ReceiptBusiness(client.ClientId, sender.Name, client.Requester.CorporateNumber, client.Requester.Contact, service), client.Law);
    }
}
