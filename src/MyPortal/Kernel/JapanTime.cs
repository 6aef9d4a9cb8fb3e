namespace MyPortal.Kernel;

internal static class JapanTime
{
    /// <summary>Japan keeps one offset all year.</summary>
    public static readonly TimeSpan JapanOffset = TimeSpan.FromHours(9);

    /// <summary>The instant in UTC, cut to whole milliseconds: the three engines keep different fractions of a second.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => CutToMilliseconds(clock.GetUtcNow());

    public static DateTimeOffset CutToMilliseconds(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    public static DateTimeOffset InJapan(this DateTimeOffset instant) => instant.ToOffset(JapanOffset);
}
