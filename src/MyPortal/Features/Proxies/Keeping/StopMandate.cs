using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Keeping;

/// <summary>Ends a mandate of the viewer: alone, at once, whatever the proxy says. From the saved row on nothing is delivered or shown.</summary>
internal sealed class StopMandate(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Ends the mandate.</summary>
    /// <param name="viewer">The principal.</param>
    /// <param name="id">Which mandate.</param>
    /// <param name="isSilent">Whether the proxy is not to notice; only of an active mandate.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False when it is not the viewer's or had ended before.</returns>
    public async Task<bool> ExecuteAsync(Viewer viewer, MandateId id, bool isSilent, CancellationToken cancellationToken)
    {
        // Only a signature can come in between, and of those there are two: after it the mandate is stopped in its new state.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var mandate = await db.Set<Mandate>().SingleOrDefaultAsync(found => found.Id == id && found.Principal == viewer.Citizen, cancellationToken);
            if (mandate is null || !mandate.Stop(clock.Now(), isSilent))
            {
                return false;
            }

            audit.Add(db, AccessEvent.MandateStopped, Actor.Citizen(viewer.Citizen), viewer.Citizen, id.Value);
            if (await db.TrySaveAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
