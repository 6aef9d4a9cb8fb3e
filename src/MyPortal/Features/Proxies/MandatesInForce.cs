using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies;

/// <summary>The one place that says when a mandate has force. Every delivery and every look goes through it, in its own transaction.</summary>
internal static class MandatesInForce
{
    /// <summary>Both signed, within its time, and neither person's card was reported lost since: a lost card suspends it both ways.</summary>
    public static IQueryable<Mandate> InForce(this PortalDbContext db, DateTimeOffset now) => db.Set<Mandate>()
        .Where(mandate => mandate.State == MandateState.Active && mandate.ValidUntil > now)
        .Where(IsNotSuspended(db));

    /// <summary>Whether a card of principal or proxy was reported lost.</summary>
    public static Task<bool> IsSuspendedAsync(PortalDbContext db, MandateId id, CancellationToken cancellationToken) =>
        db.Set<Mandate>().Where(mandate => mandate.Id == id && mandate.State == MandateState.Active).Where(Not(IsNotSuspended(db))).AnyAsync(cancellationToken);

    private static Expression<Func<Mandate, bool>> IsNotSuspended(PortalDbContext db)
    {
        var certificates = db.Set<CardCertificate>();
        return mandate => !certificates.Any(certificate => certificate.BlockedAt != null && (certificate.CitizenId == mandate.Principal || certificate.CitizenId == mandate.Proxy));
    }

    private static Expression<Func<Mandate, bool>> Not(Expression<Func<Mandate, bool>> condition) =>
        Expression.Lambda<Func<Mandate, bool>>(Expression.Not(condition.Body), condition.Parameters);
}
