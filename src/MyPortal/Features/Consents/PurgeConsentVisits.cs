using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>
/// Deletes requests that nobody came with, requests that nobody decided, and the secrets of the way through the browser. What a citizen
/// has decided stays.
/// </summary>
internal sealed class PurgeConsentVisits : ITableCleaner
{
    /// <summary>How long a request stays that no browser brought. No statement that could be pushed again lives as long, even if the clock jumps.</summary>
    public static readonly TimeSpan UnclaimedFor = TimeLimits.LongestJump + TimeSpan.FromHours(1);

    /// <summary>How long a lapsed request is shown to its citizen, and how long a code that comes a second time is known.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(60);

    public IReadOnlyList<Type> Tables { get; } = [typeof(Consent), typeof(ConsentEvent), typeof(ConsentVisit)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (unclaimed, lapsed, latest) = (now - UnclaimedFor, now - KeptFor, ConsentVisit.StepLife.LatestEnd(now));
        var open = db.Set<Consent>().Where(consent => consent.State == ConsentState.Requested);
        await DeleteAsync(db, open.Where(consent => consent.Owner == null && consent.RequestedAt < unclaimed).OrderBy(consent => consent.RequestedAt), cancellationToken);
        await DeleteAsync(db, open.Where(consent => consent.LapsesAt < lapsed).OrderBy(consent => consent.LapsesAt), cancellationToken);
        await db.Set<ConsentVisit>().Where(visit => visit.RequestEndsAt < lapsed).OrderBy(visit => visit.RequestEndsAt).DeleteInBatchesAsync(cancellationToken);

        // Begun before the clock was set back and brought by nobody; it is over and stays so when the clock has caught up.
        await db.Set<ConsentVisit>().Where(visit => visit.RequestEndsAt > latest && visit.BrowserHash == null).OrderBy(visit => visit.RequestEndsAt).DeleteInBatchesAsync(cancellationToken);
    }

    private static Task DeleteAsync(PortalDbContext db, IQueryable<Consent> due, CancellationToken cancellationToken) => db.DeleteWithPartsAsync(
        due.Select(consent => consent.Id),
        async ids =>
        {
            await db.Set<ConsentVisit>().Where(visit => ids.Contains(visit.ConsentId)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<ConsentEvent>().Where(step => ids.Contains(step.ConsentId)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<Consent>().Where(consent => ids.Contains(consent.Id)).ExecuteDeleteAsync(cancellationToken);
        },
        cancellationToken);
}
