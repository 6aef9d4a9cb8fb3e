using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Withdrawing;

/// <summary>
/// Takes a business's signature over what it was given: the receipt, or the message about a withdrawal. Works for no viewer: a sender
/// signs.
/// </summary>
internal sealed class AcknowledgeConsent(IDbContextFactory<PortalDbContext> databases, ISenderStatements statements, CitizenKeys keys, AuditTrail audit, PortalSite site, TimeProvider clock)
{
    public const string Path = "/api/v1/consent-acknowledgements";

    public async Task<Result<bool>> ExecuteAsync(CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var result = await TakeAsync(db, sender, compact, cancellationToken);
        if (result.IsRefused)
        {
            db.ChangeTracker.Clear();
            audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: result.Error.Code);
        }

        await db.SaveChangesAsync(cancellationToken);
        return result;
    }

    private async Task<Result<bool>> TakeAsync(PortalDbContext db, CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        var statement = await statements.ReadAsync(sender.Id, compact, PushAcknowledgement.Type, cancellationToken);
        if (statement.Flaw is not StatementFlaw.None)
        {
            return statement.Flaw is StatementFlaw.BadSignature ? ConsentErrors.BadSignature : ConsentErrors.MalformedStatement;
        }

        if (Parse(statement.Payload) is not { } claims)
        {
            return ConsentErrors.MalformedStatement;
        }

        if (!string.Equals(claims.Aud, site.OriginText + Path, StringComparison.Ordinal))
        {
            return ConsentErrors.WrongAudience;
        }

        if (claims.Exp <= clock.GetUtcNow().ToUnixTimeSeconds())
        {
            return ConsentErrors.StatementExpired;
        }

        var id = ConsentId.From(claims.Consent);
        var consent = await db.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.SenderId == sender.Id && found.Owner != null, cancellationToken);
        if (consent is null)
        {
            return ConsentErrors.NotFound;
        }

        if (!string.Equals(claims.Hash, await HashOfAsync(db, consent, claims.About, cancellationToken), StringComparison.Ordinal))
        {
            return ConsentErrors.WrongHash;
        }

        var what = claims.About is AcknowledgedThing.Receipt ? ConsentHappening.ReceiptAcknowledged : ConsentHappening.WithdrawalAcknowledged;
        if (!await db.Set<ConsentStep>().AnyAsync(step => step.ConsentId == id && step.What == what, cancellationToken))
        {
            db.Add(ConsentStep.Of(id, what, clock.Now()));
        }

        audit.Add(db, AccessEvent.ConsentAcknowledged, Actor.Sender(sender.Id), consent.Owner, id.Value);
        return true;
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

    private static AcknowledgementClaims? Parse(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize<AcknowledgementClaims>(payload, ContractJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
