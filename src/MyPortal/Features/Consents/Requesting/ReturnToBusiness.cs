using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>
/// Where the person goes back to. Only a decision that gives something carries a code; refusal, lapse and "not now" look alike to the
/// business. Once it has fetched the result there is nothing to bring it, least of all a "not given".
/// </summary>
internal sealed class ReturnToBusiness(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit, RandomSource random, PortalSite site, TimeProvider clock)
{
    /// <summary>The address to go to: the business, or the consent itself once the business has its result.</summary>
    public async Task<Result<string>> ExecuteAsync(Viewer viewer, ConsentId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var consent = await db.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (consent is null)
        {
            return ConsentErrors.NotFound;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var claims = key.OpenClaims(consent);
        var now = clock.Now();
        var given = consent.IsActive(now) || consent.State is ConsentState.UnderLaw;
        var code = given ? await MintAsync(db, id, now, cancellationToken) : null;
        audit.Add(db, AccessEvent.ConsentRead, Actor.Citizen(viewer.Citizen), viewer.Owner, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        if (given && code is null)
        {
            return consent.State is ConsentState.UnderLaw ? "/senders" : $"/consents/{id}";
        }

        var word = code is null ? "error=not_given" : $"code={code}";
        var joint = claims.ReturnTo.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return OutboundAddress.OnTheWire(new Uri($"{claims.ReturnTo}{joint}{word}&state={Uri.EscapeDataString(claims.State)}&iss={Uri.EscapeDataString(site.OriginText)}")).AbsoluteUri;
    }

    // Made at the click, not with the page: the minute begins when the person leaves. An earlier code that was not used dies.
    private async Task<string?> MintAsync(PortalDbContext db, ConsentId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var code = random.Token();
        var hash = PushConsent.HashOf(code);
        var ends = now + ConsentVisit.StepLife;
        var minted = await db.Set<ConsentVisit>()
            .Where(visit => visit.ConsentId == id && visit.FetchedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(visit => visit.CodeHash, hash).SetProperty(visit => visit.CodeEndsAt, ends), cancellationToken);
        return minted is 1 ? code : null;
    }
}
