using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>
/// Brings a request to its citizen in two steps: the browser that the business sent takes it (not called on behalf of a citizen: nobody needs to
/// be signed in yet), then whoever signs in at that browser owns it.
/// </summary>
internal sealed class StartConsent(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, CitizenKeys keys, PortalSeal seal, AuditTrail audit, RandomSource random, TimeProvider clock)
{
    /// <summary>Spends the request address. Returns what the browser carries until its owner has signed in.</summary>
    public async Task<Result<string>> TakeAsync(string? clientId, string? requestUri, CancellationToken cancellationToken)
    {
        if (clientId is null || requestUri is null || !requestUri.StartsWith(PushConsent.RequestUriStart, StringComparison.Ordinal) || clientId.Any(char.IsControl))
        {
            return DecisionErrors.RequestOver;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await senders.AskingAsync(db, clientId, cancellationToken) is not { } asking)
        {
            return DecisionErrors.RequestOver;
        }

        var hash = PushConsent.HashOf(requestUri[PushConsent.RequestUriStart.Length..]);
        var now = clock.Now();
        var latest = ConsentVisit.StepLife.LatestEnd(now);
        var ticket = random.Token();
        var ticketHash = PushConsent.HashOf(ticket);
        var taken = await db.Set<ConsentVisit>()
            .Where(visit => visit.RequestHash == hash && visit.BrowserHash == null && visit.RequestEndsAt > now && visit.RequestEndsAt <= latest && visit.SenderId == asking.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(visit => visit.BrowserHash, ticketHash), cancellationToken);
        return taken is 1 ? ticket : DecisionErrors.RequestOver;
    }

    /// <summary>Gives the request that this browser carries to the viewer. A second call by the same viewer finds it again.</summary>
    public async Task<Result<ConsentId>> ClaimAsync(Viewer viewer, string? ticket, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = PushConsent.HashOf(ticket ?? "");
        var now = clock.Now();
        var limit = now - ConsentVisit.SignInLife;
        var latest = ConsentVisit.StepLife.LatestEnd(now);
        var consent = await (
            from visit in db.Set<ConsentVisit>()
            join found in db.Set<Consent>() on visit.ConsentId equals found.Id
            where visit.BrowserHash == hash && visit.RequestEndsAt > limit && visit.RequestEndsAt <= latest && (found.Owner == null || found.Owner == viewer.Owner)
            select found).SingleOrDefaultAsync(cancellationToken);
        if (consent is null)
        {
            return DecisionErrors.RequestOver;
        }

        if (consent.Owner is not null)
        {
            return consent.Id;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var claims = seal.Open(consent.SealedRequest, ConsentSeals.UnclaimedPlace(consent.Place));
        consent.BelongTo(viewer.Owner, key.Seal(claims, ConsentSeals.RequestPlace(consent.Place, viewer.Owner)));
        audit.Add(db, AccessEvent.ConsentRead, Actor.Citizen(viewer.Citizen), viewer.Owner, consent.Id.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return DecisionErrors.RequestOver;
        }

        return consent.Id;
    }
}
