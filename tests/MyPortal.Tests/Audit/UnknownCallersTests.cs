using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn.Card;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class UnknownCallersTests
{
    private const string Ticket = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whatever somebody without an account or registration can try, and how it is counted.</summary>
    private static readonly Dictionary<string, (string[] Counted, Func<TestPortal, HttpClient, Task> Try)> Tries = new(StringComparer.Ordinal)
    {
        ["a login begins"] = (["card.login-begun"], (portal, _) => portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default)),
        ["an enrolment begins"] = (["card.enrolment-begun"], (portal, _) => portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Enrol, "/", default)),
        ["an answer comes for no login"] = (["card.transaction-over"], (_, http) =>
            System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, $"/card/t/{Ticket}/response", new CardResponse("", [], new AgentProof([], [], "")), MyPortal.Contracts.ContractJson.Options)),
        ["a document is fetched twice"] = (["card.fetched-again", "card.login-begun"], async (portal, http) =>
        {
            var begun = await portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default);
            await http.GetAsync("/card/t/" + TransactionSecrets.TicketOf(begun.Binding, begun.Id));
            await http.GetAsync("/card/t/" + TransactionSecrets.TicketOf(begun.Binding, begun.Id));
        }
        ),
        ["a token is asked for by nobody"] = (["token.malformed-assertion"], async (portal, _) =>
        {
            using var sender = await TestSender.RegisterAsync(portal);
            await sender.AskTokenAsync("a.b.c");
        }
        ),
        ["the interface is called without a token"] = (["auth.missing-token"], (_, http) => http.GetAsync($"/api/v1/notices/{Guid.Empty}")),
    };

    public static TheoryData<string> Names => [.. Tries.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task What_a_stranger_tries_is_counted_and_leaves_no_record(string name)
    {
        await using var portal = await TestPortal.StartAsync();
        using var http = portal.Browser();

        await Tries[name].Try(portal, http);

        (await portal.UnknownCallersAsync()).ShouldBe(Tries[name].Counted);
        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_card_that_nobody_enrolled_with_is_counted()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();

        (await visit.AnswerAsync(fixture.Card)).Refusal.ShouldBe("card.not-enrolled");

        (await fixture.Portal.UnknownCallersAsync()).ShouldBe(["card.login-begun", "card.not-enrolled"]);
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flood_from_one_block_is_one_row()
    {
        await using var fixture = await CallerFixture.CreateAsync();
        for (var i = 0; i < 500; i++)
        {
            fixture.CallFrom($"192.0.2.{i % 256}");
        }

        await fixture.Store.ExecuteAsync(Token);
        fixture.CallFrom("192.0.2.7");
        await fixture.Store.ExecuteAsync(Token);

        var row = (await fixture.RowsAsync()).ShouldHaveSingleItem();
        (row.Block, row.What, row.Count).ShouldBe(("192.0.2.0/24", "test.refused", 501L));
    }

    [Fact]
    public async Task A_flood_from_everywhere_fills_no_more_than_its_rows_and_none_is_lost()
    {
        const int Blocks = 3 * UnknownCallers.MostRows;
        await using var fixture = await CallerFixture.CreateAsync();
        for (var i = 0; i < Blocks; i++)
        {
            fixture.CallFrom($"10.{i / 256}.{i % 256}.1");
        }

        await fixture.Store.ExecuteAsync(Token);

        var rows = await fixture.RowsAsync();
        rows.Count.ShouldBe(UnknownCallers.MostRows + 1);
        rows.Single(row => row.Block is UnknownCallers.Others).Count.ShouldBe(Blocks - UnknownCallers.MostRows);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        fixture.CallFrom("10.200.0.1");
        await fixture.Store.ExecuteAsync(Token);
        (await fixture.RowsAsync()).Count(row => row.Block is "10.200.0.0/24").ShouldBe(1, "the next hour tells blocks apart again");
    }

    [Theory, EveryDatabase]
    public async Task Two_processes_that_store_at_once_add_up(Engine engine)
    {
        const int Rounds = 8;
        await using var fixture = await CallerFixture.CreateAsync(engine);
        await using var other = fixture.Another();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var last in Enumerable.Range(0, 5))
            {
                fixture.CallFrom($"192.0.{last}.1");
                other.CallFrom($"192.0.{last}.1");
            }

            fixture.Clock.Advance(TimeSpan.FromHours(1));
            await Task.WhenAll(Task.Run(() => fixture.Store.ExecuteAsync(Token), Token), Task.Run(() => other.Store.ExecuteAsync(Token), Token));
        }

        var rows = await fixture.RowsAsync();
        rows.Count.ShouldBe(Rounds * 5);
        rows.ShouldAllBe(row => row.Count == 2);
    }

    [Fact]
    public async Task What_could_not_be_stored_waits_for_the_next_time()
    {
        await using var fixture = await CallerFixture.CreateAsync();
        await fixture.ExecuteAsync("CREATE TRIGGER no_counts BEFORE INSERT ON UnknownCallerCounts BEGIN SELECT RAISE(ABORT, 'no'); END");
        fixture.CallFrom("192.0.2.1");
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Store.ExecuteAsync(Token));
        await fixture.ExecuteAsync("DROP TRIGGER no_counts");

        await fixture.Store.ExecuteAsync(Token);

        (await fixture.RowsAsync()).ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Counts_are_kept_for_thirty_days()
    {
        await using var fixture = await CallerFixture.CreateAsync();
        fixture.CallFrom("192.0.2.1");
        await fixture.Store.ExecuteAsync(Token);

        fixture.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromHours(1));
        await fixture.CleanAsync();
        (await fixture.RowsAsync()).Count.ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await fixture.CleanAsync();

        (await fixture.RowsAsync()).ShouldBeEmpty();
    }

    /// <summary>Counters on a database of their own, called from any address.</summary>
    private sealed class CallerFixture : IAsyncDisposable
    {
        private readonly HttpContextAccessor http = new();
        private readonly UnknownCallers callers;
        private readonly TestDatabase database;
        private readonly bool isOwner;

        private CallerFixture(TestDatabase database, TestClock clock, bool isOwner)
        {
            (this.database, Clock, this.isOwner) = (database, clock, isOwner);
            callers = new UnknownCallers(http, clock);
            Store = new StoreUnknownCallers(database, callers, clock);
        }

        public TestClock Clock { get; }

        public StoreUnknownCallers Store { get; }

        public static async Task<CallerFixture> CreateAsync(Engine engine = Engine.Sqlite) => new(await TestDatabase.CreateAsync(engine), new TestClock(), isOwner: true);

        /// <summary>Another process on the same database.</summary>
        public CallerFixture Another() => new(database, Clock, isOwner: false);

        public void CallFrom(string address)
        {
            http.HttpContext = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
            callers.Add("test.refused");
        }

        public async Task CleanAsync()
        {
            await using var db = database.CreateDbContext();
            await new PurgeUnknownCallers().CleanAsync(db, Clock.GetUtcNow(), Token);
        }

        public async Task<List<UnknownCallerCount>> RowsAsync()
        {
            await using var db = database.CreateDbContext();
            return await db.Set<UnknownCallerCount>().AsNoTracking().ToListAsync();
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var db = database.CreateDbContext();
            await db.Database.ExecuteSqlRawAsync(sql);
        }

        public async ValueTask DisposeAsync()
        {
            Store.Dispose();
            if (isOwner)
            {
                await database.DisposeAsync();
            }
        }
    }
}
