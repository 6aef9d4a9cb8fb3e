using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

/// <summary>A key that is there already and a row that somebody else changed are answers, not errors: they may not fill the log.</summary>
public sealed class ExpectedCollisionTests
{
    // The server inside the test process knows no limit of a body.
    private const string TestServerWarning = "Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware: A request body size limit could not be applied";

    [Theory, EveryDatabase]
    public async Task A_replay_and_two_sealers_leave_no_error_in_the_log(Engine engine)
    {
        var log = new CapturedLog();
        await using var portal = await StartAsync(engine, log);
        using var sender = await TestSender.RegisterAsync(portal);
        var assertion = TestAssertion.For(sender, portal.Clock.GetUtcNow()).SignWith(sender.Key);

        using var first = await sender.AskTokenAsync(assertion);
        using var replay = await sender.AskTokenAsync(assertion);
        await CollideAsync(portal);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        replay.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        log.Lines(LogLevel.Warning).Where(line => !line.StartsWith(TestServerWarning, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_expects_is_logged_once_at_the_edge()
    {
        var log = new CapturedLog();
        await using var portal = await StartAsync(Engine.Sqlite, log);
        var hanako = await portal.SignInAsync();
        await using (var db = portal.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER no_records BEFORE INSERT ON AccessRecords BEGIN SELECT RAISE(ABORT, 'no'); END", TestContext.Current.CancellationToken);
        }

        using var answer = await hanako.Browser.GetAsync("/inbox", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        log.Lines(LogLevel.Error).ShouldHaveSingleItem().ShouldStartWith("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware");
    }

    /// <summary>Two contexts of the running portal give the same records their places, as two sealers do.</summary>
    private static async Task CollideAsync(TestPortal portal)
    {
        await using var late = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var record = AccessRecord.Of(portal.Clock.Now(), AccessEvent.ChainChecked, ActorKind.System, null, null, null, "ok");
        late.Add(record);
        await late.SaveChangesAsync();
        var waiting = await late.Set<AccessRecord>().Where(found => found.Sequence == null).ToListAsync();
        await portal.SealRecordsAsync();
        waiting.ForEach(found => found.Chain(1_000_000 + found.At.Ticks % 1_000, SealAccessRecords.Origin));
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync());

        late.ChangeTracker.Clear();
        var end = await late.Set<AuditSeal>().AsNoTracking().OrderBy(seal => seal.Sequence).LastAsync();
        late.Add(AuditSeal.Of(end.Sequence, end.At, end.Hash, end.Signature, end.KeyThumbprint));
        (await Should.ThrowAsync<DbUpdateException>(() => late.SaveChangesAsync())).IsUniqueViolation().ShouldBeTrue();
    }

    private static Task<TestPortal> StartAsync(Engine engine, CapturedLog log) => TestPortal.StartAsync(engine, web => web.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(log)));
}
