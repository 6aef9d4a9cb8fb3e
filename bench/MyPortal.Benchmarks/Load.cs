using System.Collections.Concurrent;
using System.Diagnostics;

namespace MyPortal.Benchmarks;

/// <summary>What a load measured.</summary>
/// <param name="Rate">Answers per second.</param>
/// <param name="P50">Half of the answers took at most this, ms.</param>
/// <param name="P95">95 of 100 answers took at most this, ms.</param>
/// <param name="P99">99 of 100 answers took at most this, ms.</param>
internal sealed record LoadResult(double Rate, double P50, double P95, double P99)
{
    /// <summary>What single times in ms come to, when they were taken within <paramref name="seconds"/>.</summary>
    public static LoadResult Of(IEnumerable<double> times, double seconds)
    {
        var all = times.Order().ToArray();
        return new LoadResult(all.Length / seconds, all[all.Length / 2], all[(int)(all.Length * 0.95)], all[(int)(all.Length * 0.99)]);
    }

    /// <summary>The middle of several rounds, figure by figure.</summary>
    public static LoadResult MiddleOf(IReadOnlyList<LoadResult> rounds) =>
        new(Middle(rounds, one => one.Rate), Middle(rounds, one => one.P50), Middle(rounds, one => one.P95), Middle(rounds, one => one.P99));

    private static double Middle(IReadOnlyList<LoadResult> rounds, Func<LoadResult, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
}

/// <summary>Several clients, each of which asks again as soon as it was answered.</summary>
internal static class Load
{
    public static async Task<LoadResult> RunAsync(int clients, TimeSpan time, Func<int, Task> ask)
    {
        var taken = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (clock.Elapsed < time)
            {
                taken.Add(await TimeAsync(() => ask(client)));
            }
        })));
        return LoadResult.Of(taken, clock.Elapsed.TotalSeconds);
    }

    /// <summary>How long something took, ms.</summary>
    public static async Task<double> TimeAsync(Func<Task> ask)
    {
        var begun = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
