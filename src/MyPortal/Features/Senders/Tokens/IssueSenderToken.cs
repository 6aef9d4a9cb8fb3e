using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>The form of a token request.</summary>
internal sealed record TokenRequest(string? GrantType, string? AssertionType, string? Assertion, string? Scope);

/// <summary>
/// Gives a sender an access token for a signed client assertion (RFC 6749 section 4.4 with RFC 7523). Not called on behalf of a citizen: a sender
/// asks.
/// </summary>
internal sealed class IssueSenderToken(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, UnknownCallers unknown, RandomSource random, PortalSite site, TimeProvider clock)
{
    public const string Path = "/api/v1/token";
    public const string WriteNotices = "notice.write";
    public const string ReadStatus = "notice.status";
    public const string AskConsent = "consent.request";
    private static readonly string[] Scopes = [WriteNotices, ReadStatus, AskConsent];

    // A test key reaches nobody but its own test recipient; whoever asks for a consent reaches people.
    private static readonly string[] TestScopes = [WriteNotices, ReadStatus];

    public async Task<Result<TokenAnswer>> ExecuteAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (sender, key, assertion, refusal) = await AuthenticateAsync(db, request, cancellationToken);
        var allowed = key?.Purpose is KeyPurpose.Test ? TestScopes : Scopes;
        var scopes = request.Scope is { Length: > 0 } asked ? asked.Split(' ').Distinct(StringComparer.Ordinal).ToArray() : allowed;
        refusal ??= scopes.All(word => allowed.Contains(word, StringComparer.Ordinal)) ? null : SenderErrors.UnknownScope;
        if (refusal is not null || sender is null || key is null || assertion is null)
        {
            return await RefuseAsync(db, key is null ? null : sender, refusal!, cancellationToken);
        }

        var scope = string.Join(' ', scopes);
        var token = random.Token();
        db.Add(SenderToken.Issue(HashOf(token), sender.Id, key.Id, scope, clock.Now()));
        db.Add(UsedAssertion.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.Id}\n{assertion.Claims.Jti}")), assertion.Claims.Exp.Instant + ClaimRules.ClockSkew));
        db.Attach(key).Entity.UsedAt(clock.Now());
        audit.Add(db, AccessEvent.SenderTokenIssued, Actor.Sender(sender.Id), objectId: key.Id);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await RefuseAsync(db, sender, SenderErrors.Replayed, cancellationToken);
        }

        return new TokenAnswer(token, "Bearer", (int)SenderToken.Life.TotalSeconds, scope);
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<Error> RefuseAsync(PortalDbContext db, Sender? sender, Error refusal, CancellationToken cancellationToken)
    {
        // Anybody can name a client: only a signature of its key makes the caller that sender.
        if (sender is null)
        {
            unknown.Add(refusal.Code);
            return refusal;
        }

        audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: refusal.Code);
        await db.SaveChangesAsync(cancellationToken);
        return refusal;
    }

    private async Task<(Sender? Sender, SenderKey? Key, ClientAssertion? Assertion, Error? Refusal)> AuthenticateAsync(PortalDbContext db, TokenRequest request, CancellationToken cancellationToken)
    {
        if (request.GrantType is not "client_credentials")
        {
            return (null, null, null, SenderErrors.UnsupportedGrant);
        }

        if (request.AssertionType is not ClientAssertion.Type)
        {
            return (null, null, null, SenderErrors.WrongAssertionType);
        }

        var parsed = ClientAssertion.Parse(request.Assertion);
        if (parsed.IsRefused)
        {
            return (null, null, null, parsed.Error);
        }

        var assertion = parsed.Value;
        if (!assertion.Jws.HasKnownAlgorithm)
        {
            return (null, null, null, SenderErrors.WrongAlgorithm);
        }

        var sender = await db.Set<Sender>().AsNoTracking().SingleOrDefaultAsync(found => found.ClientId == assertion.Claims.Iss, cancellationToken);
        if (sender is null)
        {
            return (null, null, null, SenderErrors.UnknownClient);
        }

        if (await FindKeyAsync(db, sender.Id, assertion.Jws, cancellationToken) is not { } key)
        {
            return (sender, null, assertion, SenderErrors.BadSignature);
        }

        var refusal = ClaimsRefusal(assertion.Claims, sender.ClientId) ?? (SenderAuthenticator.MayCall(sender.State, key.Purpose) ? null : SenderErrors.SenderNotLive);
        return (sender, key, assertion, refusal);
    }

    private async Task<SenderKey?> FindKeyAsync(PortalDbContext db, SenderId sender, SenderJws jws, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var keys = await db.Set<SenderKey>().AsNoTracking().Where(found => found.SenderId == sender && found.RevokedAt == null).ToListAsync(cancellationToken);
        foreach (var key in keys.Where(candidate => candidate.IsValidAt(now)))
        {
            if (await jws.IsSignedByAsync(key.PublicKey))
            {
                return key;
            }
        }

        return null;
    }

    private Error? ClaimsRefusal(AssertionClaims claims, string clientId)
    {
        if (!string.Equals(claims.Sub, claims.Iss, StringComparison.Ordinal))
        {
            return SenderErrors.WrongSubject;
        }

        return ClaimRules.ViolationIn(claims, clientId, site.OriginText + Path, clock.GetUtcNow()) switch
        {
            StatementViolation.None => null,
            StatementViolation.WrongAudience => SenderErrors.WrongAudience,
            StatementViolation.Expired => SenderErrors.Expired,
            StatementViolation.LivesTooLong => SenderErrors.LivesTooLong,
            StatementViolation.NotYetValid => SenderErrors.NotYetValid,
            _ => SenderErrors.UnknownClient,
        };
    }
}
