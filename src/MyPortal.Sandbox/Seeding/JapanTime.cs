namespace MyPortal.Sandbox.Seeding;

/// <summary>Days of notices are days in Japan, which keeps no summer time.</summary>
internal static class JapanTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Offset).DateTime);
}
