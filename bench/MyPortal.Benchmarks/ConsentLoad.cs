using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders.Webhooks;
using MyPortal.Outbox;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload B10, as far as it is built: the check that stands before every accepted notice while notices are being posted, and the
/// telling of 1,000 messages to 100 parties that were kept in one transaction, as a stop-all keeps them.
/// </summary>
internal sealed class ConsentLoad(App portal, PortalWorld world)
{
    private const int Messages = 1000;
    private const int Parties = 100;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        await using var running = await RunningApp.StartAsync(portal);
        using var http = await NoticeLoad.SignedInAsync(running.Http.BaseAddress!, world);
        var recipients = world.Get<IRecipientDirectory>();
        await Load.RunAsync(1, TimeSpan.FromSeconds(2), client => CheckAsync(recipients));
        var idle = await Load.RunAsync(1, Time / 2, client => CheckAsync(recipients));
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostUntilAsync(http, stop.Token)));
        var busy = await Load.RunAsync(1, Time, client => CheckAsync(recipients));
        await stop.CancelAsync();
        await load;
        var (kept, told) = await TellAsync();
        return
        [
            new("consent check while notices are posted, 99 of 100 within, ms", busy.P99, idle.P99, null, 2),
            new("1,000 messages kept in one transaction, ms", kept.TotalMilliseconds, null, null, 1000),
            new("all 100 parties told, s", told.TotalSeconds, null, null, 60),
        ];
    }

    private async Task<(TimeSpan Kept, TimeSpan Told)> TellAsync()
    {
        var told = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        await using var receiver = builder.Build();
        receiver.MapPost("/{party}", (HttpRequest request) =>
        {
            told[request.Headers["Idempotency-Key"].ToString()] = true;
            return Results.NoContent();
        });
        await receiver.StartAsync();
        var address = new Uri(receiver.Urls.Single());
        var clock = Stopwatch.StartNew();
        await using (var db = world.OpenDatabase())
        {
            for (var i = 0; i < Messages; i++)
            {
                var party = new Guid(i % Parties, 0, 0, new byte[8]);
                world.Get<OutboxQueue>().Add(db, new OutboxOrder(SenderEventKind.KindName, party, new Uri(address, $"/{party:D}"), new byte[400]));
            }

            await db.SaveChangesAsync();
        }

        var kept = clock.Elapsed;
        while (told.Count < Messages && clock.Elapsed < Patience)
        {
            await Task.Delay(20);
        }

        return told.Count is Messages ? (kept, clock.Elapsed) : throw new InvalidOperationException($"Only {told.Count} of {Messages} messages arrived within {Patience}.");
    }

    private async Task CheckAsync(IRecipientDirectory recipients)
    {
        if (await recipients.FindAsync(world.Sender, world.Codes[Random.Shared.Next(world.Codes.Count)], CancellationToken.None) is null)
        {
            throw new InvalidOperationException("A code that was given is not known.");
        }
    }

    private async Task PostUntilAsync(HttpClient http, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await NoticeLoad.PostNoticeAsync(http, world);
        }
    }
}
