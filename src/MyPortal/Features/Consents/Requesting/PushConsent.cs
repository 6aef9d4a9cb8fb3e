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
/// Takes a signed request from a business over the back channel, so that nothing of it ever stands in an address. Not called on
/// behalf of a citizen: a sender asks, and nobody is known to be meant yet.
/// </summary>
internal sealed class PushConsent(
    IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, ISenderStatements statements, PortalSeal seal, AuditTrail audit, RandomSource random, TimeProvider clock)
{
    public const string Path = "/api/v1/consent-requests";
    public const string RequestUriStart = "urn:myportal:consent-request:";

    public async Task<(PushedConsentRequest? Pushed, StatementRefusal? Refusal)> ExecuteAsync(CallingSender sender, string? statement, CancellationToken cancellationToken)
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
        db.Add(ConsentEvent.Of(place.Id, ConsentEventKind.Requested, now));
        audit.Add(db, AccessEvent.ConsentRequested, Actor.Sender(sender.Id), objectId: place.Id.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return (null, await RefuseAsync(db, sender, StatementRefusal.Of(ConsentErrors.Replayed), cancellationToken));
        }

        return (new PushedConsentRequest(RequestUriStart + token, (int)ConsentVisit.StepLife.TotalSeconds), null);
    }

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private async Task<(ConsentClaims? Claims, byte[] Payload, RequestingSender? Client, StatementRefusal? Refusal)> ReadAsync(
        PortalDbContext db, CallingSender sender, string? compact, CancellationToken cancellationToken)
    {
        var client = (await senders.AskingAsync(db, [sender.Id], cancellationToken)).GetValueOrDefault(sender.Id);
        if (client is null)
        {
            return Refused(ConsentErrors.NotRegistered);
        }

        var statement = await statements.ReadAsync<ConsentClaims>(sender.Id, compact, PushConsentRequest.Type, Path, cancellationToken);
        if (statement.Claims is not { } claims)
        {
            return (null, [], null, ConsentErrors.Of(statement));
        }

        if (!client.Requester.ReturnAddresses.Contains(claims.ReturnTo, StringComparer.Ordinal))
        {
            return Refused(ConsentErrors.ReturnAddress);
        }

        return CheckConsentClaims.FaultsIn(claims) is { Count: > 0 } faults
            ? (null, [], null, new StatementRefusal(ConsentErrors.Invalid, faults))
            : (claims, statement.Payload, client, null);
    }

    private async Task<StatementRefusal> RefuseAsync(PortalDbContext db, CallingSender sender, StatementRefusal refusal, CancellationToken cancellationToken)
    {
        audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: refusal.Error.Code);
        await db.SaveChangesAsync(cancellationToken);
        return refusal;
    }

    private static (ConsentClaims? Claims, byte[] Payload, RequestingSender? Client, StatementRefusal? Refusal) Refused(Error error) => (null, [], null, StatementRefusal.Of(error));
}
