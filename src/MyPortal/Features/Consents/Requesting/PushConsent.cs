using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>A refusal with the faults of the body, if that is what was wrong.</summary>
internal sealed record PushRefusal(Error Error, IReadOnlyList<ApiFault> Faults);

/// <summary>
/// Takes a signed request from a business over the back channel, so that nothing of it ever stands in an address. Works for no
/// viewer: a sender asks, and nobody is known to be meant yet.
/// </summary>
internal sealed class PushConsent(
    IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, ISenderStatements statements, PortalSeal seal, AuditTrail audit, RandomSource random, PortalSite site, TimeProvider clock)
{
    public const string Path = "/api/v1/consent-requests";
    public const string RequestUriStart = "urn:myportal:consent-request:";
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    public async Task<(PushedConsentRequest? Pushed, PushRefusal? Refusal)> ExecuteAsync(CallingSender sender, string? statement, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (claims, payload, client, refusal) = await ReadAsync(db, sender, statement, cancellationToken);
        if (refusal is not null)
        {
            return (null, await RefuseAsync(db, sender, refusal, cancellationToken));
        }

        var now = clock.Now();
        var place = new ConsentPlace(ConsentId.New(now), sender.Id, client!.Service);
        var token = random.Token();
        db.Add(Consent.Ask(place, seal.Seal(payload, ConsentSeals.UnclaimedPlace(place)), now));
        db.Add(ConsentVisit.Begin(place, SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.Id}\n{claims!.Jti}")), HashOf(token), now));
        db.Add(ConsentStep.Of(place.Id, ConsentHappening.Requested, now));
        audit.Add(db, AccessEvent.ConsentRequested, Actor.Sender(sender.Id), objectId: place.Id.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return (null, await RefuseAsync(db, sender, new PushRefusal(ConsentErrors.Replayed, []), cancellationToken));
        }

        return (new PushedConsentRequest(RequestUriStart + token, (int)ConsentVisit.StepLife.TotalSeconds), null);
    }

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private async Task<(ConsentClaims? Claims, byte[] Payload, AskingSender? Client, PushRefusal? Refusal)> ReadAsync(
        PortalDbContext db, CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        var client = (await senders.AskingAsync(db, [sender.Id], cancellationToken)).GetValueOrDefault(sender.Id);
        if (client is null)
        {
            return Refused(ConsentErrors.NotRegistered);
        }

        var statement = await statements.ReadAsync(sender.Id, compact, PushConsentRequest.Type, cancellationToken);
        if (statement.Flaw is not StatementFlaw.None)
        {
            return Refused(statement.Flaw is StatementFlaw.BadSignature ? ConsentErrors.BadSignature : ConsentErrors.MalformedStatement);
        }

        ConsentClaims? claims;
        try
        {
            claims = JsonSerializer.Deserialize<ConsentClaims>(statement.Payload, ContractJson.Options);
        }
        catch (JsonException)
        {
            claims = null;
        }

        if (claims is null)
        {
            return Refused(ConsentErrors.MalformedStatement);
        }

        if (RefusalOf(claims, client) is { } refusal)
        {
            return Refused(refusal);
        }

        return CheckConsentClaims.FaultsIn(claims) is { Count: > 0 } faults
            ? (null, [], null, new PushRefusal(ConsentErrors.Invalid, faults))
            : (claims, statement.Payload, client, null);
    }

    private Error? RefusalOf(ConsentClaims claims, AskingSender client)
    {
        if (!string.Equals(claims.Iss, client.ClientId, StringComparison.Ordinal))
        {
            return ConsentErrors.WrongIssuer;
        }

        if (!string.Equals(claims.Aud, site.OriginText + Path, StringComparison.Ordinal))
        {
            return ConsentErrors.WrongAudience;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (claims.Exp <= now - (long)ClockSkew.TotalSeconds || claims.Exp > now + (long)(LongestLife + ClockSkew).TotalSeconds)
        {
            return ConsentErrors.StatementExpired;
        }

        return client.Asking.ReturnAddresses.Contains(claims.ReturnTo, StringComparer.Ordinal) ? null : ConsentErrors.ReturnAddress;
    }

    private async Task<PushRefusal> RefuseAsync(PortalDbContext db, CallingSender sender, PushRefusal refusal, CancellationToken cancellationToken)
    {
        audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: refusal.Error.Code);
        await db.SaveChangesAsync(cancellationToken);
        return refusal;
    }

    private static (ConsentClaims? Claims, byte[] Payload, AskingSender? Client, PushRefusal? Refusal) Refused(Error error) => (null, [], null, new PushRefusal(error, []));
}
