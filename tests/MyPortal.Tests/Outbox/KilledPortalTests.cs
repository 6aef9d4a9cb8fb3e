using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

/// <summary>Accepted means kept: the portal is killed in the middle of its work, again and again, and owes nobody anything afterwards.</summary>
public sealed class KilledPortalTests
{
    private const int Rounds = 6;
    private const int Posters = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory, EveryDatabase]
    public async Task What_was_answered_is_there_once_and_told_once_however_often_the_portal_is_killed(Engine engine)
    {
        await using var fixture = await KillFixture.CreateAsync(engine);
        var waitedAtAKill = 0;
        for (var round = 0; round < Rounds; round++)
        {
            waitedAtAKill += await fixture.PostUntilKilledAsync(round);
        }

        waitedAtAKill.ShouldBeGreaterThan(0, "some kills came between commit and delivery");
        await fixture.FinishAsync(Patience);

        var notices = await fixture.NoticesAsync();
        fixture.Answered.ShouldBeSubsetOf(notices, "what was answered with 201 is kept");
        notices.Count.ShouldBe(fixture.Keys, "and kept once, though everything unanswered was posted again");
        var told = fixture.Receiver.Arrived.Select(message => JsonSerializer.Deserialize<SenderEvent>(message.Body, ContractJson.Options)!).DistinctBy(told => told.Id).ToList();
        told.Select(one => one.Data.Id).Order().ShouldBe(notices.Order(), "the receiver knows repetitions by their identifier and sees each notice once");
        fixture.Receiver.TimesById.Values.Max().ShouldBeGreaterThan(1, "a kill between delivery and acknowledgement makes the portal say it again");
        (await fixture.VerifyAuditAsync()).ShouldBeNull("the chain of access records survived too");
    }

    /// <summary>A portal that lives in processes, on a database and keys that outlive them; the portal in this process only prepares and looks.</summary>
    private sealed class KillFixture : IAsyncDisposable
    {
        private readonly TestPortal still;
        private readonly TestSender sender;
        private readonly string recipient;
        private readonly List<string> unanswered = [];
        private readonly Random dice = new(20261121);

        private KillFixture(TestPortal still, TestSender sender, string recipient, TestReceiver receiver) =>
            (this.still, this.sender, this.recipient, Receiver) = (still, sender, recipient, receiver);

        public TestReceiver Receiver { get; }

        public HashSet<Guid> Answered { get; } = [];

        /// <summary>How many different notices were posted.</summary>
        public int Keys { get; private set; }

        public static async Task<KillFixture> CreateAsync(Engine engine)
        {
            var receiver = await TestReceiver.StartAsync();
            var portal = await TestPortal.StartStillAsync(engine);
            var city = await TestSender.RegisterAsync(portal);
            await portal.Get<MyPortal.Features.Senders.Public.ISenderWebhooks>().RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
            return new KillFixture(portal, city, await city.CodeOfAsync(await portal.EnrolAsync()), receiver);
        }

        /// <summary>Posts from several sides until the process dies; returns how many messages wait then.</summary>
        public async Task<int> PostUntilKilledAsync(int round)
        {
            using var portal = await StartAsync();
            var posted = 0;
            KillWhenSomethingArrives(portal, round % 3 is 1 ? 3 : int.MaxValue);
            var posters = Enumerable.Range(0, Posters).Select(_ => PostAsync(portal, () =>
            {
                // Right behind an answer: kept, and by most odds not yet told.
                if (Interlocked.Increment(ref posted) is 12 && round % 3 is 0)
                {
                    portal.Kill();
                }
            })).ToList();
            if (round % 3 is 2)
            {
                await Task.Delay(dice.Next(100, 1500));
                portal.Kill();
            }

            await Task.WhenAll(posters).WaitAsync(Patience);
            await portal.KillAsync();
            return (await still.Get<DeadLetters>().StandingAsync(CancellationToken.None)).Waiting;
        }

        /// <summary>Starts once more, posts again what was never answered, and waits until nothing waits.</summary>
        public async Task FinishAsync(TimeSpan patience)
        {
            KillWhenSomethingArrives(portal: null, int.MaxValue);
            using var portal = await StartAsync();
            using var http = await SignInAsync(portal);
            foreach (var key in unanswered)
            {
                Answered.Add((await PostOneAsync(http, key)).Id);
            }

            await Wait.UntilAsync(async () => (await still.Get<DeadLetters>().StandingAsync(CancellationToken.None)).Waiting is 0, patience);
        }

        public async Task<IReadOnlyList<Guid>> NoticesAsync()
        {
            await using var db = still.OpenDatabase();
            return [.. (await db.Set<Notice>().AsNoTracking().Select(notice => notice.Id).ToListAsync()).Select(id => id.Value)];
        }

        public async Task<long?> VerifyAuditAsync() => (await still.Get<VerifyAccessRecords>().ExecuteAsync(CancellationToken.None)).Verdict.FirstBad;

        public async ValueTask DisposeAsync()
        {
            sender.Dispose();
            await still.DisposeAsync();
            await Receiver.DisposeAsync();
        }

        private async Task<PortalProcess> StartAsync()
        {
            // The process has the time of day; what the sender signs must not be older than that, however long the test took so far.
            still.Clock.Advance(TimeProvider.System.GetUtcNow() - still.Clock.GetUtcNow());
            return await PortalProcess.StartAsync([.. still.Settings, "--Outbox:AllowLocalAddresses=true", "--Outbox:Timeout=00:00:05", "--Outbox:Lease=00:00:10"]);
        }

        private void KillWhenSomethingArrives(PortalProcess? portal, int which)
        {
            var arrived = 0;
            Receiver.Answer = async http =>
            {
                if (Interlocked.Increment(ref arrived) == which)
                {
                    // The receiver has it; the portal dies before it learns so.
                    portal!.Kill();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                    return;
                }

                http.Response.StatusCode = StatusCodes.Status204NoContent;
            };
        }

        private async Task PostAsync(PortalProcess portal, Action answered)
        {
            var key = "";
            try
            {
                using var http = await SignInAsync(portal);
                while (true)
                {
                    key = Guid.NewGuid().ToString("N");
                    lock (Answered)
                    {
                        Keys++;
                        unanswered.Add(key);
                    }

                    var status = await PostOneAsync(http, key);
                    lock (Answered)
                    {
                        unanswered.Remove(key);
                        Answered.Add(status.Id);
                    }

                    answered();
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // Killed.
            }
        }

        private async Task<HttpClient> SignInAsync(PortalProcess portal)
        {
            var http = new HttpClient { BaseAddress = portal.Address, DefaultRequestHeaders = { Host = TestPortal.Host } };
            await sender.SignInAsync(http);
            return http;
        }

        private async Task<NoticeStatus> PostOneAsync(HttpClient http, string key)
        {
            using var answer = await TestSender.PostAsync(http, TestSender.Letter(recipient), key);
            answer.EnsureSuccessStatusCode();
            return (await JsonSerializer.DeserializeAsync<NoticeStatus>(await answer.Content.ReadAsStreamAsync(), ContractJson.Options))!;
        }
    }
}
