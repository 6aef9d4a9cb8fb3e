using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Delivery;

/// <summary>A number that is not told while it is small: from a handful of notices one could guess at the people.</summary>
internal readonly record struct ShownCount(long Exact)
{
    public const int Smallest = 10;

    /// <summary>Whether the number must stay hidden. Nothing at all is no group and may be told.</summary>
    public bool IsHidden => Exact is > 0 and < Smallest;
}

/// <summary>What happened to the notices of one service.</summary>
internal sealed record DeliveryRow(string Sender, string? Service, ShownCount Accepted, ShownCount Visible, IReadOnlyList<RefusedLine> Refused);

/// <summary>How often a reason stood against a post.</summary>
internal sealed record RefusedLine(string Code, ShownCount Count);

/// <summary>
/// Reads the counters of whole days. It costs a row a day, sender, service and reason, however many notices there are. No sums over
/// services are told: a hidden number could be worked out from them.
/// </summary>
internal sealed class ReadDelivery(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, TimeProvider clock)
{
    /// <summary>The counts of the last days, today included.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> ExecuteAsync(ActingOperator by, int days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        var from = DateOnly.FromDateTime(clock.Now().InJapan().DateTime).AddDays(1 - days);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sums = await db.Set<DeliveryCount>().AsNoTracking().Where(count => count.Day >= from)
            .GroupBy(count => new { count.SenderId, count.ServiceId, count.What })
            .Select(group => new { group.Key.SenderId, group.Key.ServiceId, group.Key.What, Count = group.Sum(count => count.Count) })
            .ToListAsync(cancellationToken);
        var cards = await senders.FindAsync(db, [.. sums.Select(sum => sum.SenderId).Distinct()], cancellationToken);
        var lines = new List<DeliveryRow>();
        foreach (var group in sums.GroupBy(sum => (sum.SenderId, sum.ServiceId)))
        {
            var service = group.Key.ServiceId == default ? null : await senders.ServiceNameAsync(db, group.Key.ServiceId, cancellationToken);
            long CountOf(string word) => group.Where(sum => string.Equals(sum.What, word, StringComparison.Ordinal)).Sum(sum => sum.Count);
            lines.Add(new DeliveryRow(
                cards[group.Key.SenderId].Name,
                service,
                new ShownCount(CountOf(DeliveryCount.Accepted)),
                new ShownCount(CountOf(DeliveryCount.Visible)),
                [
                    .. group.Where(sum => sum.Count > 0 && sum.What is not (DeliveryCount.Accepted or DeliveryCount.Visible))
                        .OrderBy(sum => sum.What, StringComparer.Ordinal).Select(sum => new RefusedLine(sum.What, new ShownCount(sum.Count))),
                ]));
        }

        return [.. lines.OrderBy(line => line.Sender, StringComparer.Ordinal).ThenBy(line => line.Service, StringComparer.Ordinal)];
    }
}
