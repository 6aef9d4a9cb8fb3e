using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>Deletes requests that nobody came with; what a citizen has seen stays.</summary>
internal sealed class ForgetConsentVisits(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetConsentVisits> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Deletes what is due now.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var limit = Clock.Now() - KeptFor;
        var unclaimed = db.Set<Consent>().Where(consent => consent.Owner == null && consent.RequestedAt < limit).Select(consent => consent.Id);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<ConsentVisit>().Where(visit => unclaimed.Contains(visit.ConsentId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<ConsentStep>().Where(step => unclaimed.Contains(step.ConsentId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Consent>().Where(consent => consent.Owner == null && consent.RequestedAt < limit).ExecuteDeleteAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => ForgetAsync(cancellationToken);
}
