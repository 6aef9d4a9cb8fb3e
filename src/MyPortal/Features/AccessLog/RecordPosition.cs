using System.Globalization;

namespace MyPortal.Features.AccessLog;

/// <summary>A place in a list of access records: time and identifier of one of them, as written in an address.</summary>
internal readonly record struct RecordPosition(DateTimeOffset At, Guid Id)
{
    /// <summary>Null for whatever is no position.</summary>
    public static RecordPosition? Read(string? text) =>
        text?.Split('-') is [var time, var id]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new RecordPosition(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), parsed)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Id:N}");
}
