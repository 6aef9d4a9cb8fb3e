using System.Globalization;

namespace MyPortal.Kernel;

/// <summary>
/// A place in a list that is ordered by time: time and identifier of one of its things, as written in an address. The time alone is no
/// place: of several things of one instant, those behind the edge of a page would never be shown.
/// </summary>
internal readonly record struct ListPosition(DateTimeOffset At, Guid Id)
{
    /// <summary>Null for whatever is no position.</summary>
    public static ListPosition? Read(string? text) =>
        text?.Split('-') is [var time, var id]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new ListPosition(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), parsed)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Id:N}");
}
