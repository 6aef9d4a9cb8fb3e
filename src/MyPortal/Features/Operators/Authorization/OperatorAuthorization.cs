using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Authorization;

/// <summary>Finds the operator behind a session. Nothing is remembered between requests.</summary>
internal sealed class OperatorAuthorization(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, TimeProvider clock)
{
    private static readonly RequiresFreshCardAttribute FreshCard = new();

    /// <summary>Whether the card was shown in the last minutes.</summary>
    public bool IsFresh(Viewer viewer) => FreshCard.IsMetBy(viewer.Level, viewer.LastCardAt, clock.Now());

    public async Task<ActingOperator?> FindAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<Operator>().SingleOrDefaultAsync(person => person.CitizenId == viewer.Citizen && person.EndedAt == null, cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (found.LastSession != viewer.Session && IsFresh(viewer))
        {
            found.SeenIn(viewer.Session, clock.Now());
            audit.Add(db, AccessEvent.OperatorSignedIn, Actor.Operator(found.Id), objectId: viewer.Session.Value);
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ActingOperator(found.Id, found.Roles, viewer);
    }
}

internal sealed class RequiresRoleHandler(OperatorAuthorization gate) : AuthorizationHandler<RequiresRoleAttribute>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresRoleAttribute requirement)
    {
        if (context.Resource is not HttpContext http
            || http.Features.Get<Viewer>() is not { } viewer
            || await gate.FindAsync(viewer, http.RequestAborted) is not { } found
            || !found.Has(requirement.AnyOf))
        {
            return;
        }

        if (gate.IsFresh(viewer))
        {
            http.Features.Set(found);
            context.Succeed(requirement);
        }
        else
        {
            http.Features.Set(new StaleCard());
        }
    }
}

/// <summary>Marks a request that only lacks a fresh card.</summary>
internal sealed record StaleCard;
