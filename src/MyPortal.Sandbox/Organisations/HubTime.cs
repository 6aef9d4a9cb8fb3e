using System.Globalization;

namespace MyPortal.Sandbox.Organisations;

/// <summary>JapanTime as the hub protocol writes them where they are signed: RFC 3339, UTC, milliseconds.</summary>
internal static class HubTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>What is signed has milliseconds, so what is sent must not have more.</summary>
    public static DateTimeOffset NowInMilliseconds(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
