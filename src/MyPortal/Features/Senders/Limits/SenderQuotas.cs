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
        var day = new DateTimeOffset(now.InJapan().Date, JapanTime.JapanOffset).ToUniversalTime();
        var latest = TimeSpan.Zero.LatestBegin(now);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        for (var isRepeated = false; ; isRepeated = true)
        {
            // Both windows in one commit, and for everybody the minute first, so that no two posts wait for each other crosswise.
            await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
            var hasMinute = await TryTakeAsync(db, sender, QuotaSpan.Minute, (minute, latest), quota.PerMinute, cancellationToken);
            if (hasMinute && await TryTakeAsync(db, sender, QuotaSpan.Day, (day, latest), quota.PerDay, cancellationToken))
            {
                await work.CommitAsync(cancellationToken);
                return null;
            }

            await work.RollbackAsync(cancellationToken);
            if (isRepeated)
            {
                return hasMinute ? new UsedUpQuota(SenderErrors.DayUsedUp, day.AddDays(1) - now) : new UsedUpQuota(SenderErrors.MinuteUsedUp, minute.AddMinutes(1) - now);
            }

            await OpenAsync(db, sender, minute, day, cancellationToken);
        }
    }

    // A node whose clock is a little behind counts into the window that others have begun. One further ahead was begun before the clock
    // was set back: counting into it, the sender would be refused until the clock has caught up.
    private static async Task<bool> TryTakeAsync(PortalDbContext db, CallingSender sender, QuotaSpan span, (DateTimeOffset Start, DateTimeOffset Latest) now, int most, CancellationToken cancellationToken)
    {
        var (start, latest) = now;
        return await WindowsOf(db, sender)
            .Where(window => window.Span == span && (window.StartedAt < start || window.StartedAt > latest || window.Used < most))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(window => window.Used, window => window.StartedAt < start || window.StartedAt > latest ? 1 : window.Used + 1)
                    .SetProperty(window => window.StartedAt, window => window.StartedAt < start || window.StartedAt > latest ? start : window.StartedAt),
                cancellationToken) is 1;
    }

    // Whatever was missing is there afterwards. Outside the transaction, because a collision inside would end it on PostgreSQL.
    private static async Task OpenAsync(PortalDbContext db, CallingSender sender, DateTimeOffset minute, DateTimeOffset day, CancellationToken cancellationToken)
    {
        var known = await WindowsOf(db, sender).Select(window => window.Span).ToListAsync(cancellationToken);
        (QuotaSpan Span, DateTimeOffset Start)[] windows = [(QuotaSpan.Minute, minute), (QuotaSpan.Day, day)];
        foreach (var (span, start) in windows.Where(window => !known.Contains(window.Span)))
        {
            try
            {
                db.Add(QuotaWindow.Begin(sender.Id, sender.IsTest, span, start));
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // The first post of a sender arrived twice at once; the other one began the window.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static IQueryable<QuotaWindow> WindowsOf(PortalDbContext db, CallingSender sender) => db.Set<QuotaWindow>().Where(window => window.SenderId == sender.Id && window.IsTest == sender.IsTest);
}
