using System.Net.Http.Headers;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Benchmarks;

/// <summary>Workload B4: notices posted over 32 connections, against <see cref="BareInsert"/>. Both are asked in turn, so that a noisy machine disturbs both.</summary>
internal sealed class NoticeLoad(App portal, App bare, SeededPortal seeded)
{
    public const int Connections = 32;
    private const int Rounds = 3;
    // Long enough for the compiler to be through with the portal's code: it shares the cores, and what it takes is no cost of a notice.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BareWarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public async Task<Section> MeasureAsync()
    {
        await using var ours = await RunningApp.StartAsync(portal);
        await using var theirs = await RunningApp.StartAsync(bare);
        using var portalClient = await SignedInAsync(ours.Http.BaseAddress!, seeded);
        using var bareClient = ClientAt(theirs.Http.BaseAddress!);
        await Load.RunAsync(Connections, WarmUp, _ => PostNoticeAsync(portalClient, seeded));
        await Load.RunAsync(Connections, BareWarmUp, _ => PostRowAsync(bareClient, seeded));
        List<LoadResult> notices = [];
        var (usedByOurs, usedByTheirs) = (ours.ProcessorTime, theirs.ProcessorTime);
        List<LoadResult> rows = [];
        for (var round = 0; round < Rounds; round++)
        {
            notices.Add(await Load.RunAsync(Connections, Time, _ => PostNoticeAsync(portalClient, seeded)));
            rows.Add(await Load.RunAsync(Connections, Time, _ => PostRowAsync(bareClient, seeded)));
        }

        var (costOfNotice, costOfRow) = (CostOf(ours.ProcessorTime - usedByOurs, notices), CostOf(theirs.ProcessorTime - usedByTheirs, rows));
        var (notice, row) = (LoadResult.MiddleOf(notices), LoadResult.MiddleOf(rows));
        return new Section(
            $"Posting notices over {Connections} connections on SQLite, against an endpoint that checks nothing and inserts one row (B4)",
            "bare insert",
            [
                new("notices accepted and visible, per second", notice.Rate, row.Rate, null, null, LowestRatio: 0.5),
                new("half of the answers within, ms", notice.P50, row.P50, null, null),
                new("99 of 100 answers within, ms", notice.P99, row.P99, 3.0, null),
                new("processor time for one, ms", costOfNotice, costOfRow, null, null),
            ])
        {
            WhyNot = "a post is 15 statements in 2 commits, each statement with a connection of its own; sealing is 1 to 3.5 % of it. A prototype in which posts share a commit came to between 1.0 and 1.6 times the bare insert; it is not in the product yet.",
        };
    }

    private static double CostOf(TimeSpan used, IEnumerable<LoadResult> rounds) => used.TotalMilliseconds / rounds.Sum(round => round.Rate * Time.TotalSeconds);

    public static async Task<HttpClient> SignedInAsync(Uri address, SeededPortal seeded)
    {
        var http = ClientAt(address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await seeded.TokenAsync(http));
        return http;
    }

    public static async Task PostNoticeAsync(HttpClient http, SeededPortal seeded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notices") { Content = Letter(seeded) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PostRowAsync(HttpClient http, SeededPortal seeded)
    {
        using var letter = Letter(seeded);
        using var answer = await http.PostAsync(new Uri("/rows", UriKind.Relative), letter);
        answer.EnsureSuccessStatusCode();
    }

    private static ByteArrayContent Letter(SeededPortal seeded)
    {
        var notice = new PostNotice(seeded.Codes[Random.Shared.Next(seeded.Codes.Count)], NoticeType.MeterReading, [new NoticeContent("ja", FilledMailbox.Title, FilledMailbox.Text)]);
        return new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(notice, ContractJson.Options)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private static HttpClient ClientAt(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
}
