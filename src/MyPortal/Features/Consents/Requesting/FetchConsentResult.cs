using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>
/// Gives a business the result of a request for the one-time code. A code that comes a second time was stolen from one of the two:
/// the result is void then. Not called on behalf of a citizen: a sender asks.
/// </summary>
internal sealed class FetchConsentResult(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<ConsentResult>> ExecuteAsync(CallingSender sender, ExchangeConsentCode exchange, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var hash = PushConsent.HashOf(exchange.Code);
        var now = clock.Now();
        var latest = ConsentVisit.StepLife.LatestEnd(now);
        var spent = await db.Set<ConsentVisit>()
            .Where(visit => visit.CodeHash == hash && visit.SenderId == sender.Id && visit.FetchedAt == null && visit.CodeEndsAt > now && visit.CodeEndsAt <= latest)
            .ExecuteUpdateAsync(set => set.SetProperty(visit => visit.FetchedAt, now), cancellationToken);
        var consent = await (
            from visit in db.Set<ConsentVisit>()
            join found in db.Set<Consent>() on visit.ConsentId equals found.Id
            where visit.CodeHash == hash && visit.SenderId == sender.Id && visit.FetchedAt != null
            select found).SingleOrDefaultAsync(cancellationToken);
        var result = consent is null ? ConsentErrors.CodeInvalid
            : spent is 0 ? await RevokeAsync(db, consent, now, cancellationToken)
            : await GiveAsync(db, consent, exchange, now, cancellationToken);
        audit.Add(
            db,
            result.IsRefused ? AccessEvent.SenderRefused : AccessEvent.ConsentResultGiven,
            Actor.Sender(sender.Id),
            consent?.Owner,
            consent?.Id.Value,
            result.IsRefused ? result.Error.Code : AuditTrail.Ok);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<Result<ConsentResult>> GiveAsync(PortalDbContext db, Consent consent, ExchangeConsentCode exchange, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (consent.Owner is not { } owner || !(consent.IsActive(now) || consent.State is ConsentState.UnderLaw))
        {
            return ConsentErrors.CodeInvalid;
        }

        using var key = await keys.OpenAsync(db, owner, cancellationToken);
        var claims = key.OpenClaims(consent);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(exchange.CodeVerifier)));
        if (!string.Equals(challenge, claims.CodeChallenge, StringComparison.Ordinal) || !string.Equals(exchange.ReturnTo, claims.ReturnTo, StringComparison.Ordinal))
        {
            // The code stays spent: whoever holds it without the verifier gets no second guess.
            return ConsentErrors.CodeInvalid;
        }

        var code = await db.Set<RecipientCode>().AsNoTracking().SingleOrDefaultAsync(found => found.ConsentId == consent.Id, cancellationToken);
        if (code is null)
        {
            return ConsentErrors.CodeInvalid;
        }

        db.Add(ConsentEvent.Of(consent.Id, ConsentEventKind.ResultFetched, now));
        var recipient = Encoding.UTF8.GetString(key.Open(code.SealedCode, ConsentSeals.CodePlace(owner, consent.SenderId, consent.ServiceId)));
        var receipt = key.OpenOutcome(consent)?.Business;
        var given = receipt is null ? [] : ConsentSeals.Read<ConsentReceipt>(receipt.Content).Given.Select(item => item.Id).ToList();
        return new ConsentResult(consent.Id.Value, recipient, claims.Nonce, given, consent.ExpiresAt, receipt);
    }

    private static async Task<Result<ConsentResult>> RevokeAsync(PortalDbContext db, Consent consent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (consent.State is ConsentState.Granted or ConsentState.UnderLaw)
        {
            consent.End(ConsentState.Revoked, now);
            await db.Set<RecipientCode>().Where(code => code.ConsentId == consent.Id).ExecuteDeleteAsync(cancellationToken);
            db.Add(ConsentEvent.Of(consent.Id, ConsentEventKind.Revoked, now));
        }

        return ConsentErrors.CodeReused;
    }
}
