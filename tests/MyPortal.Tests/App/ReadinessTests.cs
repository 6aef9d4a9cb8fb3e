using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Hub;
using MyPortal.Tests.Fixtures;
using Npgsql;

namespace MyPortal.Tests.App;

public sealed class ReadinessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_portal_that_has_all_it_needs_is_ready_and_says_nothing_else(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var answer = await portal.Browser().GetAsync("/health/ready", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("""{"status":"ready","checks":{"database":"ok","schema":"ok","keys":"ok","hub":"ok","issuer":"ok","stopping":"ok"}}""");
    }

    [Fact]
    public async Task A_hub_or_issuer_that_is_away_is_told_and_takes_no_node_out()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        await portal.Hub.StopAsync(TestHub.Id);
        await hanako.Browser.OpenAsync("/self-info");
        portal.Get<MyPortal.Jpki.Revocation.IssuerHealth>().Report(hasAnswered: false);

        (await AskAsync(portal)).ShouldBe((HttpStatusCode.OK, "degraded", "hub issuer"));
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        (await AskAsync(portal)).ShouldBe((HttpStatusCode.OK, "ready", ""), "nobody knows any more");
    }

    [Fact]
    public void What_was_heard_last_counts()
    {
        var clock = new TestClock();
        var condition = new HubHealth(clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<HubClient>.Instance);
        condition.Report(hasAnswered: false);
        condition.IsFailing.ShouldBeTrue();
        condition.Report(hasAnswered: true);
        condition.IsFailing.ShouldBeFalse();
        condition.Report(hasAnswered: false);
        clock.Advance(TimeSpan.FromHours(-1));
        condition.IsFailing.ShouldBeFalse("a clock that was set back keeps nothing for ever");
    }

    [Fact]
    public async Task Without_its_keys_a_running_portal_is_not_ready()
    {
        await using var portal = await TestPortal.StartAsync();
        _ = portal.Services;
        File.Move(Path.Combine(portal.Folder, "keys", "pepper.key"), Path.Combine(portal.Folder, "pepper.key"));

        (await AskAsync(portal)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not-ready", "keys"));
    }

    [Fact]
    public async Task Tables_of_an_older_version_make_unready_and_those_of_a_newer_one_do_not()
    {
        await using var portal = await TestPortal.StartAsync();
        _ = portal.Services;
        await using var db = portal.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('99991231235959_FromTheFuture', '99.0.0')", Token);
        (await AskAsync(portal)).ShouldBe((HttpStatusCode.OK, "degraded", "schema"), "the old program serves on while a new version is brought in");

        await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId > '2026112'", Token);
        (await AskAsync(portal)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not-ready", "schema"));
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task Without_its_database_a_portal_is_not_ready_and_asks_everybody_to_come_again(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        await (await PostgreSqlCluster.StartedAsync()).DropDatabaseAsync(new NpgsqlConnectionStringBuilder(portal.Database.ConnectionString).Database!);

        (await AskAsync(portal)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not-ready", "database schema keys"));
        using var page = await hanako.Browser.GetAsync("/inbox", Token);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ReadPage.ParseAsync(page)).Heading().ShouldBe("いまお休みしています");
        using var answer = await city.PostAsync(TestSender.Letter("00000000000000000000000000"), "key");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("\"code\":\"database.unavailable\"");
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task A_database_server_that_cut_every_connection_is_not_noticed(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var code = await city.CodeOfAsync(hanako.Citizen);
        var cluster = await PostgreSqlCluster.StartedAsync();
        var name = new NpgsqlConnectionStringBuilder(portal.Database.ConnectionString).Database!;

        await cluster.CutConnectionsAsync(name);
        await hanako.Browser.OpenAsync("/inbox");
        await cluster.CutConnectionsAsync(name);
        using var answer = await city.PostAsync(TestSender.Letter(code), "key");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_portal_that_is_told_to_stop_is_unready_first_serves_on_and_answers_what_it_has_begun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal.");
        await using var still = await TestPortal.StartStillAsync(Engine.Sqlite);
        _ = still.Services;
        using var portal = await PortalProcess.StartAsync([.. still.Settings, "--Deployment:DrainSeconds=3"]);
        using var http = new HttpClient { BaseAddress = portal.Address, DefaultRequestHeaders = { Host = TestPortal.Host } };
        (await http.GetAsync("/health/ready", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Most of it at once: the server gives up a body that comes too slowly.
        using var slow = new TcpClient();
        await slow.ConnectAsync(portal.Address.Host, portal.Address.Port, Token);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/token HTTP/1.1\r\nHost: {TestPortal.Host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\ngrant_type=x&pad={new string('a', 4_000 - 27)}"), Token);

        portal.Terminate();
        while ((await http.GetAsync("/health/ready", Token)).StatusCode is HttpStatusCode.OK)
        {
            await Task.Yield();
        }

        (await http.GetAsync("/help", Token)).StatusCode.ShouldBe(HttpStatusCode.OK, "who still comes is served");
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                using var late = new HttpClient { BaseAddress = portal.Address };
                (await late.GetAsync("/health/live", Token)).EnsureSuccessStatusCode();
            }
        });
        await slow.GetStream().WriteAsync("aaaaaaaaaa"u8.ToArray(), Token);
        using var reader = new StreamReader(slow.GetStream());
        (await reader.ReadLineAsync(Token)).ShouldNotBeNull().ShouldStartWith("HTTP/1.1 400", customMessage: "what was begun is answered, though nothing new is taken");
        slow.Close();
        (await portal.ExitCodeAsync()).ShouldBe(0);
    }

    private static async Task<(HttpStatusCode Status, string Word, string Troubled)> AskAsync(TestPortal portal)
    {
        using var answer = await portal.Browser().GetAsync("/health/ready", Token);
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        var troubled = told.GetProperty("checks").EnumerateObject().Where(check => check.Value.GetString() is not "ok").Select(check => check.Name);
        return (answer.StatusCode, told.GetProperty("status").GetString()!, string.Join(' ', troubled));
    }
}
