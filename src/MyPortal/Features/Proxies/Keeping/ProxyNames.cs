using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Proxies.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Keeping;

/// <summary>Opens the names under the principal's key. Whoever asks records the reading, as part of what it shows.</summary>
internal sealed class ProxyNames(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys) : IProxyNames
{
    public async Task<IReadOnlyDictionary<CitizenId, string>> OfAsync(Viewer principal, IReadOnlyCollection<CitizenId> people, CancellationToken cancellationToken)
    {
        var names = new Dictionary<CitizenId, string>();
        if (people.Count is 0)
        {
            return names;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wanted = people.Select(person => (CitizenId?)person).ToList();
        var mandates = await db.Set<Mandate>().AsNoTracking()
            .Where(mandate => mandate.Principal == principal.Citizen && mandate.SealedProxyName != null && wanted.Contains(mandate.Proxy))
            .OrderBy(mandate => mandate.InvitedAt)
            .ToListAsync(cancellationToken);
        if (mandates.Count is 0)
        {
            return names;
        }

        using var key = await keys.OpenAsync(db, principal.Citizen, cancellationToken);
        foreach (var mandate in mandates)
        {
            names[mandate.Proxy!.Value] = ReadMandates.ProxyNameOf(key, mandate);
        }

        return names;
    }
}
