namespace MyPortal.Kernel;

/// <summary>
/// The one rule by which a stored instant limits something. A clock can be set back; then what was written before lies in the future of
/// what is read now, and nobody knows how long ago it was. Such a limit counts as over, or it would last until the clock has caught up.
/// Only what nodes may differ is forgiven, and a twentieth of the limit: a jump of an hour ends no limit of days.
/// </summary>
internal static class TimeLimits
{
    /// <summary>How far a clock may jump either way without a word that was used once being taken again: whoever forgets such words waits as long.</summary>
    public static readonly TimeSpan LongestJump = TimeSpan.FromHours(1);

    private static readonly TimeSpan NodesDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Whether something that began at an instant still runs.</summary>
    public static bool HasBegunWithin(this DateTimeOffset begin, TimeSpan limit, DateTimeOffset now) => now - begin < limit && begin <= limit.LatestBegin(now);

    /// <summary>Whether something that ends at an instant, after a time of <paramref name="limit"/> in all, still runs.</summary>
    public static bool EndsWithin(this DateTimeOffset end, TimeSpan limit, DateTimeOffset now) => end > now && end <= limit.LatestEnd(now);

    /// <summary>For queries: what began later than this was written before the clock was set back.</summary>
    public static DateTimeOffset LatestBegin(this TimeSpan limit, DateTimeOffset now) => now + NodesDiffer + (limit / 20);

    /// <summary>For queries: what ends later than this was written before the clock was set back.</summary>
    public static DateTimeOffset LatestEnd(this TimeSpan limit, DateTimeOffset now) => limit.LatestBegin(now) + limit;
}
