using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders.Tokens;

internal sealed class SenderAuthenticator(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, UnknownCallers unknown, RequestRateLimits limits, TimeProvider clock) : ISenderAuthenticator
{
    private const string Bearer = "Bearer ";

    public async Task<Result<CallingSender>> AuthenticateAsync(HttpContext http, string scope)
    {
        var header = http.Request.Headers.Authorization.ToString();
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return RefuseStranger(http, SenderErrors.MissingBearer);
        }

        var hash = IssueSenderToken.HashOf(header[Bearer.Length..].Trim());
        var now = clock.Now();
        var latest = SenderToken.Life.LatestEnd(now);
        var found = await (
            from token in db.Set<SenderToken>()
            join sender in db.Set<Sender>() on token.SenderId equals sender.Id
            join key in db.Set<SenderKey>() on token.KeyId equals key.Id
            where token.TokenHash == hash && token.ExpiresAt > now && token.ExpiresAt <= latest && key.RevokedAt == null && (key.EndsAt == null || key.EndsAt > now)
            select new { token.Scope, sender.Id, sender.Kind, sender.State, key.Purpose, sender.QuotaPerMinute, sender.QuotaPerDay }).SingleOrDefaultAsync(http.RequestAborted);
        if (found is null)
        {
            return RefuseStranger(http, SenderErrors.InvalidBearer);
        }

        if (!limits.MaySenderCall(http, found.Id))
        {
            return RequestErrors.TooMany;
        }

        var refusal = !MayCall(found.State, found.Purpose) ? SenderErrors.NotLive
            : found.Scope.Split(' ').Contains(scope, StringComparer.Ordinal) ? null
            : SenderErrors.InsufficientScope;
        if (refusal is null)
        {
            return new CallingSender(found.Id, found.Kind is SenderKind.Public)
            {
                IsTest = found.Purpose is KeyPurpose.Test,
                Quota = new SenderQuota(found.QuotaPerMinute, found.QuotaPerDay),
            };
        }

        audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(found.Id), outcome: refusal.Code);
        await db.SaveChangesAsync(http.RequestAborted);
        return refusal;
    }

    /// <summary>A sender that is not admitted yet may try with its test keys; a suspended one may do nothing at all.</summary>
    internal static bool MayCall(SenderState state, KeyPurpose purpose) => state switch
    {
        SenderState.Live => true,
        SenderState.Suspended => false,
        _ => purpose is KeyPurpose.Test,
    };

    private Error RefuseStranger(HttpContext http, Error refusal)
    {
        unknown.Add(refusal.Code);
        return limits.MayStrangerWrite(http) ? refusal : RequestErrors.TooMany;
    }
}
