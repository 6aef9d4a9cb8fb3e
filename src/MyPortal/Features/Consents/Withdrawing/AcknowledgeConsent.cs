using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Withdrawing;

/// <summary>
/// Takes a business's signature over what it was given: the receipt, or the message about a withdrawal. Not called on behalf of a citizen: a sender
/// signs.
/// </summary>
internal sealed class AcknowledgeConsent(IDbContextFactory<PortalDbContext> databases, ISenderStatements statements, CitizenKeys keys, AuditTrail audit, PortalSite site, TimeProvider clock)
{
    public const string Path = "/api/v1/consent-acknowledgements";

    /// <summary>Null when it was taken.</summary>
    public async Task<StatementRefusal?> ExecuteAsync(CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var refusal = await TakeAsync(db, sender, compact, cancellationToken);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: refusal.Error.Code);
        }

        await db.SaveChangesAsync(cancellationToken);
        return refusal;
    }

    private async Task<StatementRefusal?> TakeAsync(PortalDbContext db, CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        var statement = await statements.ReadAsync<AcknowledgementClaims>(sender.Id, compact, PushAcknowledgement.Type, Path, cancellationToken);
        if (statement.Claims is not { } claims)
        {
            return ConsentErrors.Of(statement);
        }

        var id = ConsentId.From(claims.Consent);
        var consent = await db.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.SenderId == sender.Id && found.Owner != null, cancellationToken);
        if (consent is null)
        {
            return StatementRefusal.Of(ConsentErrors.NotFound);
        }

        if (!string.Equals(claims.Hash, await HashOfAsync(db, consent, claims.About, cancellationToken), StringComparison.Ordinal))
        {
            return StatementRefusal.Of(ConsentErrors.WrongHash);
        }

        var what = claims.About is AcknowledgedThing.Receipt ? ConsentEventKind.ReceiptAcknowledged : ConsentEventKind.WithdrawalAcknowledged;
        if (!await db.Set<ConsentEvent>().AnyAsync(step => step.ConsentId == id && step.What == what, cancellationToken))
        {
            db.Add(ConsentEvent.Of(id, what, clock.Now()));
        }

        audit.Add(db, AccessEvent.ConsentAcknowledged, Actor.Sender(sender.Id), consent.Owner, id.Value);
        return null;
    }

    private async Task<string?> HashOfAsync(PortalDbContext db, Consent consent, AcknowledgedThing about, CancellationToken cancellationToken)
    {
        if (about is AcknowledgedThing.Withdrawal)
        {
            return consent.State is ConsentState.Withdrawn ? Convert.ToHexStringLower(SHA256.HashData(WithdrawConsents.MessageOf(consent, site))) : null;
        }

        using var key = await keys.OpenAsync(db, consent.Owner!.Value, cancellationToken);
        return key.OpenOutcome(consent)?.Business is { } receipt ? Convert.ToHexStringLower(SHA256.HashData(receipt.Content)) : null;
    }
}
