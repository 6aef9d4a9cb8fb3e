using MyPortal.Features.Consents.Public;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload B10: the check that stands before every accepted notice, alone and while notices are posted, and <see cref="StopAll"/>. The
/// check runs in this process, which shares the cores of the machine with the portal under load.
/// </summary>
internal sealed class ConsentLoad(App portal, SeededPortal seeded)
{
    private const int Posters = 4;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public async Task<Section> MeasureAsync()
    {
        await using var running = await RunningApp.StartAsync(portal);
        using var http = await NoticeLoad.SignedInAsync(running.Http.BaseAddress!, seeded);
        var recipients = seeded.Get<IRecipientDirectory>();
        await Load.RunAsync(1, TimeSpan.FromSeconds(3), _ => CheckAsync(recipients));
        var idle = await Load.RunAsync(1, Time, _ => CheckAsync(recipients));
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => PostUntilAsync(http, stop.Token)));
        var busy = await Load.RunAsync(1, Time, _ => CheckAsync(recipients));
        await stop.CancelAsync();
        await load;
        var (inForce, told) = await new StopAll(seeded).MeasureAsync();
        return new Section(
            $"Consent check, and one citizen who stops all of {StopAll.Consents:N0} consents towards {StopAll.Parties} parties (B10)",
            "idle",
            [
                new("consent check, nothing else to do, 99 of 100 within, ms", idle.P99, null, null, 2),
                new($"consent check while {Posters} clients post notices, half within, ms", busy.P50, idle.P50, null, null),
                new($"consent check while {Posters} clients post notices, 99 of 100 within, ms", busy.P99, idle.P99, null, 2),
                new($"{StopAll.Consents:N0} consents ended and in force, ms", inForce.TotalMilliseconds, null, null, 1000),
                new($"all {StopAll.Parties} parties told of all of them, s", told.TotalSeconds, null, null, 60),
            ])
        {
            WhyNot = "the check alone is within its goal. Beside four posting clients it waits for processors that they fill; the cost of a post, above, is what to mend. Nothing was tried on the check itself.",
        };
    }

    private async Task CheckAsync(IRecipientDirectory recipients)
    {
        if (await recipients.FindAsync(seeded.Sender.Id, seeded.Codes[Random.Shared.Next(seeded.Codes.Count)], CancellationToken.None) is null)
        {
            throw new InvalidOperationException("A code that was given is not known.");
        }
    }

    private async Task PostUntilAsync(HttpClient http, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await NoticeLoad.PostNoticeAsync(http, seeded);
        }
    }
}
