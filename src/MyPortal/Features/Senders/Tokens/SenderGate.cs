using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

internal sealed class SenderGate(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider clock) : ISenderGate
{
    private const string Bearer = "Bearer ";

    public async Task<Result<CallingSender>> AuthenticateAsync(HttpContext http, string scope)
    {
        var header = http.Request.Headers.Authorization.ToString();
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return await RefuseAsync(db, Actor.Unknown, SenderErrors.MissingBearer, http.RequestAborted);
        }

        var hash = IssueSenderToken.HashOf(header[Bearer.Length..].Trim());
        var now = clock.Now();
        var found = await (
            from token in db.Set<SenderToken>()
            join sender in db.Set<Sender>() on token.SenderId equals sender.Id
            join key in db.Set<SenderKey>() on token.KeyId equals key.Id
            where token.TokenHash == hash && token.ExpiresAt > now && key.RevokedAt == null
            select new { token.Scope, sender.Id, sender.Kind }).SingleOrDefaultAsync(http.RequestAborted);
        var refusal = found is null ? SenderErrors.InvalidBearer
            : found.Scope.Split(' ').Contains(scope, StringComparer.Ordinal) ? null
            : SenderErrors.InsufficientScope;
        if (refusal is null)
        {
            return new CallingSender(found!.Id, found.Kind is SenderKind.Public);
        }

        return await RefuseAsync(db, found is null ? Actor.Unknown : Actor.Sender(found.Id), refusal, http.RequestAborted);
    }

    private async Task<Error> RefuseAsync(PortalDbContext db, Actor actor, Error refusal, CancellationToken cancellationToken)
    {
        audit.Add(db, AccessEvent.SenderRefused, actor, outcome: refusal.Code);
        await db.SaveChangesAsync(cancellationToken);
        return refusal;
    }
}
