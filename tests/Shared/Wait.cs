using System.Diagnostics;

namespace MyPortal.Tests.Shared;

/// <summary>
/// The one way in which tests wait. A busy machine may make anything slow, so the limit is far beyond what is needed: only a test that
/// fails takes that long.
/// </summary>
internal static class Wait
{
    /// <summary>After this time a wait has failed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until the condition is true.</summary>
    /// <exception cref="TimeoutException">It did not become true.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            if (clock.Elapsed > (limit ?? Limit))
            {
                throw new TimeoutException($"The condition did not become true in {limit ?? Limit}.");
            }
        }
    }

    /// <summary>The same for a condition that blocks or answers at once.</summary>
    /// <exception cref="TimeoutException">It did not become true.</exception>
    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.Run(condition));

    /// <summary>Waits for what must end by itself.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static Task EndOf(Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Waits for what must end by itself, and returns what it made.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static Task<T> EndOf<T>(Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);
}
