using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>The form of a token request.</summary>
internal sealed record TokenRequest(string? GrantType, string? AssertionType, string? Assertion, string? Scope);

/// <summary>
/// Gives a sender an access token for a signed client assertion (RFC 6749 section 4.4 with RFC 7523). Works for no viewer: a sender
/// asks.
/// </summary>
internal sealed class IssueSenderToken(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, RandomSource random, PortalSite site, TimeProvider clock)
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
            return await RefuseAsync(db, sender, refusal!, cancellationToken);
        }

        var scope = string.Join(' ', scopes);
        var token = random.Token();
        db.Add(SenderToken.Issue(HashOf(token), sender.Id, key.Id, scope, clock.Now()));
        db.Add(UsedAssertion.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.Id}\n{assertion.Id}")), assertion.ExpiresAt + ClientAssertion.ClockSkew));
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
        audit.Add(db, AccessEvent.SenderRefused, sender is null ? Actor.Unknown : Actor.Sender(sender.Id), outcome: refusal.Code);
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
        if (assertion.Algorithm is not ("ES256" or "PS256"))
        {
            return (null, null, null, SenderErrors.WrongAlgorithm);
        }

        var sender = await db.Set<Sender>().AsNoTracking().SingleOrDefaultAsync(found => found.ClientId == assertion.Issuer, cancellationToken);
        if (sender is null)
        {
            return (null, null, null, SenderErrors.UnknownClient);
        }

        var now = clock.Now();
        var keys = await db.Set<SenderKey>().AsNoTracking().Where(found => found.SenderId == sender.Id && found.RevokedAt == null).ToListAsync(cancellationToken);
        var key = keys.Find(candidate => candidate.IsValidAt(now) && assertion.IsSignedBy(candidate.PublicKey));
        var refusal = key is null ? SenderErrors.BadSignature : ClaimsRefusal(assertion);
        return (sender, key, assertion, refusal ?? (SenderGate.MayCall(sender.State, key!.Purpose) ? null : SenderErrors.SenderNotLive));
    }

    private Error? ClaimsRefusal(ClientAssertion assertion)
    {
        if (!string.Equals(assertion.Subject, assertion.Issuer, StringComparison.Ordinal))
        {
            return SenderErrors.WrongSubject;
        }

        if (!string.Equals(assertion.Audience, site.OriginText + Path, StringComparison.Ordinal))
        {
            return SenderErrors.WrongAudience;
        }

        // Nothing is added to what the sender wrote: it may be the last instant there is.
        var now = clock.GetUtcNow();
        if (assertion.ExpiresAt <= now - ClientAssertion.ClockSkew)
        {
            return SenderErrors.Expired;
        }

        return assertion.ExpiresAt > now + ClientAssertion.LongestLife + ClientAssertion.ClockSkew ? SenderErrors.LivesTooLong : null;
    }
}
