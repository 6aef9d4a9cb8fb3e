namespace MyPortal.CardAgent.Tests.Fixtures;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 3, 4, 5, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
