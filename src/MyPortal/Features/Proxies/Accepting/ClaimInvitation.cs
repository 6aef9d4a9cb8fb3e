using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Accepting;

/// <summary>Takes an invitation code. Its first user becomes the invited proxy; for everybody else it is worth nothing any more.</summary>
internal sealed class ClaimInvitation(IDbContextFactory<PortalDbContext> databases, InvitationCodes codes, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<MandateId>> ExecuteAsync(Viewer viewer, string? code, CancellationToken cancellationToken)
    {
        if (codes.HashOf(code) is not { } hash)
        {
            return MandateErrors.InvitationUnusable;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mandate = await db.Set<Mandate>().SingleOrDefaultAsync(found => found.InvitationHash == hash, cancellationToken);
        if (mandate is { State: MandateState.Claimed } && mandate.Proxy == viewer.Citizen && mandate.IsInvitationOpen(clock.Now()))
        {
            return mandate.Id;
        }

        if (mandate is null || !mandate.Claim(viewer.Citizen, clock.Now()))
        {
            return MandateErrors.InvitationUnusable;
        }

        audit.Add(db, AccessEvent.InvitationClaimed, Actor.Citizen(viewer.Citizen), mandate.Principal, mandate.Id.Value);
        return await db.TrySaveAsync(cancellationToken) ? mandate.Id : MandateErrors.InvitationUnusable;
    }
}

/// <summary>Declines an invitation.</summary>
internal sealed class RefuseInvitation(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False when there is nothing to decline.</summary>
    public async Task<bool> ExecuteAsync(Viewer viewer, MandateId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mandate = await db.Set<Mandate>().SingleOrDefaultAsync(found => found.Id == id && found.Proxy == viewer.Citizen, cancellationToken);
        if (mandate is null || !mandate.Refuse(clock.Now()))
        {
            return false;
        }

        audit.Add(db, AccessEvent.MandateRefused, Actor.Citizen(viewer.Citizen), mandate.Principal, id.Value);
        return await db.TrySaveAsync(cancellationToken);
    }
}

/// <summary>Saving where two people may change one mandate at the same moment.</summary>
internal static class RacingSaves
{
    /// <summary>False when somebody else's change came first; then nothing is saved.</summary>
    public static async Task<bool> TrySaveAsync(this PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
