using System.Buffers.Binary;
using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>When a message that was not acknowledged is tried again: after a minute, then twice as long each time, at most six hours, for 72 hours.</summary>
internal static class RetryPlan
{
    /// <summary>How long a message is tried before it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>Pause after the first failure, and pause of a party's other messages after any failure.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>The pause after a number of failed attempts, spread by a fifth to either side, so that what failed together does not come back together.</summary>
    public static TimeSpan PauseAfter(int attempts, RandomSource random)
    {
        var doublings = Math.Clamp(attempts - 1, 0, 30);
        var pause = Math.Min(ShortestPause.TotalSeconds * Math.Pow(2, doublings), LongestPause.TotalSeconds);
        var spread = BinaryPrimitives.ReadUInt16BigEndian(random.Bytes(sizeof(ushort))) / (double)ushort.MaxValue;
        return TimeSpan.FromMilliseconds(Math.Round(pause * 1000 * (0.8 + (0.4 * spread))));
    }
}
