using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders;

/// <summary>Not called on behalf of a citizen: a sender's statement is read.</summary>
internal sealed class SenderStatements(IDbContextFactory<PortalDbContext> databases, PortalSite site, TimeProvider clock) : ISenderStatements
{
    private const int LongestStatement = 64 * 1024;

    public async Task<SenderStatement<T>> ReadAsync<T>(SenderId sender, string? compact, string type, string path, CancellationToken cancellationToken)
        where T : class, ISignedClaims
    {
        if (SenderJws.Parse(compact, LongestStatement) is not { HasKnownAlgorithm: true } jws || !string.Equals(jws.Type, type, StringComparison.Ordinal))
        {
            return Refused<T>(StatementViolation.Malformed);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await db.Set<SenderKey>().AsNoTracking().Where(key => key.SenderId == sender && key.Purpose == KeyPurpose.Live && key.RevokedAt == null).ToListAsync(cancellationToken);
        if (!await IsSignedByOneAsync(jws, keys.Where(key => key.IsValidAt(clock.Now()))))
        {
            return Refused<T>(StatementViolation.BadSignature);
        }

        var read = ContractReader.Read<T>(jws.Payload);
        if (read.Value is null)
        {
            return Refused<T>(StatementViolation.Malformed) with { Faults = read.Faults };
        }

        var clientId = await db.Set<Sender>().Where(found => found.Id == sender).Select(found => found.ClientId).SingleAsync(cancellationToken);
        var violation = ClaimRules.ViolationIn(read.Value, clientId, site.OriginText + path, clock.GetUtcNow());
        return violation is StatementViolation.None ? new SenderStatement<T>(violation, read.Value, jws.Payload, []) : Refused<T>(violation);
    }

    private static async Task<bool> IsSignedByOneAsync(SenderJws jws, IEnumerable<SenderKey> keys)
    {
        foreach (var key in keys)
        {
            if (await jws.IsSignedByAsync(key.PublicKey))
            {
                return true;
            }
        }

        return false;
    }

    private static SenderStatement<T> Refused<T>(StatementViolation violation)
        where T : class, ISignedClaims => new(violation, null, [], []);
}
