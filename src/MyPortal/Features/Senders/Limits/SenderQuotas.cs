using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Limits;

/// <summary>
/// Counts posts in the database, so that all nodes count together. One statement counts and checks at once: of two posts for the last
/// place the database lets one through.
/// </summary>
internal sealed class SenderQuotas(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : ISenderQuotas
{
    /// <summary>Enough to try, whatever the sender was allowed or not yet allowed.</summary>
    private static readonly SenderQuota Test = new(60, 1000);

    public async Task<UsedUpQuota?> TakeAsync(CallingSender sender, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var quota = sender.IsTest ? Test : sender.Quota;
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute));
        var day = new DateTimeOffset(now.InJapan().Date, Instants.JapanOffset).ToUniversalTime();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await TryTakeAsync(db, sender, QuotaSpan.Minute, minute, quota.PerMinute, cancellationToken))
        {
            return new UsedUpQuota(SenderErrors.MinuteUsedUp, minute.AddMinutes(1) - now);
        }

        return await TryTakeAsync(db, sender, QuotaSpan.Day, day, quota.PerDay, cancellationToken) ? null : new UsedUpQuota(SenderErrors.DayUsedUp, day.AddDays(1) - now);
    }

    private static async Task<bool> TryTakeAsync(PortalDbContext db, CallingSender sender, QuotaSpan span, DateTimeOffset start, int most, CancellationToken cancellationToken)
    {
        var windows = db.Set<QuotaWindow>().Where(window => window.SenderId == sender.Id && window.IsTest == sender.IsTest && window.Span == span);
        for (var attempt = 0; ; attempt++)
        {
            var taken = await windows.Where(window => window.StartedAt < start || window.Used < most).ExecuteUpdateAsync(
                set => set.SetProperty(window => window.Used, window => window.StartedAt < start ? 1 : window.Used + 1).SetProperty(window => window.StartedAt, window => window.StartedAt < start ? start : window.StartedAt),
                cancellationToken);
            if (taken is 1)
            {
                return true;
            }

            if (attempt > 0)
            {
                return false;
            }

            // Another post may have begun the window since.
            if (await windows.AnyAsync(cancellationToken))
            {
                continue;
            }

            try
            {
                db.Add(QuotaWindow.Begin(sender.Id, sender.IsTest, span, start));
                await db.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // The first post of a sender arrived twice at once; the other one began the window.
                db.ChangeTracker.Clear();
            }
        }
    }
}
