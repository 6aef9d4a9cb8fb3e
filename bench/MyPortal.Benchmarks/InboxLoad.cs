using System.Net;
using MyPortal.Kernel;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload B5: inbox and page of one notice, rendered for signed-in citizens whose mailboxes differ in size, against the same bytes
/// from memory. All are asked in turn, so that a noisy machine disturbs all.
/// </summary>
internal sealed class InboxLoad(App portal, Func<string, App> bare, string work, SeededPortal seeded)
{
    public const int Connections = 8;
    private const int Rounds = 3;
    private const int Visitors = 400;
    private const double Kilobyte = 1024;
    private static readonly int[] Sizes = [100, 10_000, 50_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1.5);

    public async Task<IReadOnlyList<Section>> MeasureAsync()
    {
        List<FilledMailbox> mailboxes = [];
        foreach (var size in Sizes)
        {
            mailboxes.Add(await FilledMailbox.FillAsync(seeded, size));
        }

        await using var ours = await RunningApp.StartAsync(portal);
        using var http = ClientOf(ours);
        foreach (var mailbox in mailboxes)
        {
            await Load.RunAsync(Connections, WarmUp, _ => ReadInboxAsync(http, mailbox.Cookie));
            await Load.RunAsync(Connections, WarmUp, _ => ReadNoticeAsync(http, mailbox));
        }

        var pages = Directory.CreateDirectory(Path.Combine(work, "pages")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(pages, "inbox"), await ReadInboxAsync(http, mailboxes[^1].Cookie));
        await File.WriteAllBytesAsync(Path.Combine(pages, "notice"), await ReadNoticeAsync(http, mailboxes[^1]));
        await using var theirs = await RunningApp.StartAsync(bare(pages));
        using var bareHttp = ClientOf(theirs);
        var inbox = await CompareAsync([.. mailboxes.Select(mailbox => (Func<Task>)(() => ReadInboxAsync(http, mailbox.Cookie))), () => ReadAsync(bareHttp, "/inbox", cookie: null)]);
        var notice = await CompareAsync([.. mailboxes.Select(mailbox => (Func<Task>)(() => ReadNoticeAsync(http, mailbox))), () => ReadAsync(bareHttp, "/notice", cookie: null)]);
        var held = await HeldPerVisitorAsync(ours, http, mailboxes[0].Citizen);
        return
        [
            new Section(
                $"Pages for signed-in citizens with {Sizes[^1]:N0} notices over {Connections} connections, against the same bytes from memory (B5)",
                "from memory",
                [
                    new("inbox, pages per second", inbox[^2].Rate, inbox[^1].Rate, null, null, LowestRatio: 0.3),
                    new("page of one notice, pages per second", notice[^2].Rate, notice[^1].Rate, null, null, LowestRatio: 0.3),
                    new("inbox, 95 of 100 within, ms", inbox[^2].P95, inbox[^1].P95, null, null),
                    new("page of one notice, 95 of 100 within, ms", notice[^2].P95, notice[^1].P95, null, null),
                    new($"growth of resident memory for each of {Visitors} visitors who opened the inbox and left, KB (goal 0; garbage that was not yet collected counts too)", held / Kilobyte, null, null, null),
                ])
            {
                WhyNot = "a page is about ten statements and an access record with its own commit, against bytes from memory that ask no database at all. One statement for the layout and a shared commit for records of reads are known to help; neither is in the product yet.",
            },
            new Section(
                "The same pages: larger mailboxes, against one of 100 notices (B5)",
                "100 notices",
                [
                    new("inbox of 10,000, 95 of 100 within, ms", inbox[1].P95, inbox[0].P95, null, null),
                    new("inbox of 50,000, 95 of 100 within, ms", inbox[2].P95, inbox[0].P95, 1.5, null),
                    new("page of one notice of 10,000, 95 of 100 within, ms", notice[1].P95, notice[0].P95, null, null),
                    new("page of one notice of 50,000, 95 of 100 within, ms", notice[2].P95, notice[0].P95, 1.5, null),
                ]),
        ];
    }

    private static async Task<IReadOnlyList<LoadResult>> CompareAsync(IReadOnlyList<Func<Task>> asks)
    {
        var results = asks.Select(_ => new List<LoadResult>()).ToList();
        await Load.RunAsync(Connections, WarmUp, _ => asks[^1]());
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < asks.Count; i++)
            {
                results[i].Add(await Load.RunAsync(Connections, Time, _ => asks[i]()));
            }
        }

        return [.. results.Select(LoadResult.MiddleOf)];
    }

    // A static page leaves nothing behind but garbage. Resident memory is a rough measure of that, and the only one from outside.
    private async Task<double> HeldPerVisitorAsync(RunningApp app, HttpClient http, CitizenId citizen)
    {
        var cookies = new List<string>();
        await using (var db = seeded.OpenDatabase())
        {
            for (var i = 0; i < Visitors; i++)
            {
                cookies.Add(await seeded.SignInAsync(db, citizen));
            }

            await db.SaveChangesAsync();
        }

        var before = await app.ResidentMemoryAsync();
        foreach (var cookie in cookies)
        {
            await ReadInboxAsync(http, cookie);
        }

        return (await app.ResidentMemoryAsync() - before) / (double)Visitors;
    }

    private static Task<byte[]> ReadInboxAsync(HttpClient http, string cookie) => ReadAsync(http, "/inbox", cookie);

    private static Task<byte[]> ReadNoticeAsync(HttpClient http, FilledMailbox mailbox) =>
        ReadAsync(http, $"/inbox/{mailbox.Notices[Random.Shared.Next(mailbox.Notices.Count)]}", mailbox.Cookie);

    private static async Task<byte[]> ReadAsync(HttpClient http, string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await http.SendAsync(request);
        return answer.StatusCode is HttpStatusCode.OK
            ? await answer.Content.ReadAsByteArrayAsync()
            : throw new InvalidOperationException($"{path} was answered with {(int)answer.StatusCode}.");
    }

    private static HttpClient ClientOf(RunningApp app) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.Http.BaseAddress };
}
