using Microsoft.EntityFrameworkCore;
using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class VerifyAuditCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_says_by_its_exit_code_whether_the_records_are_what_was_sealed()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var page = await hanako.Browser.GetAsync("/inbox", Token);
        await portal.SealRecordsAsync();
        await using var db = portal.OpenDatabase();

        var (good, said) = await RunAsync(portal);
        (await db.Database.ExecuteSqlAsync($"UPDATE AccessRecords SET Outcome = 'ok:7' WHERE Outcome = 'ok:0'", Token)).ShouldBe(1);
        var (bad, complained) = await RunAsync(portal);

        good.ShouldBe(0);
        said.ShouldMatch(@"^All \d+ sealed access records are intact and reach the newest anchor, record \d+ of ");
        said.ShouldContain("Not seen by this check:");
        bad.ShouldBe(1);
        complained.ShouldContain("is not what was sealed");
    }

    [Fact]
    public async Task Another_key_has_an_exit_code_of_its_own()
    {
        await using var portal = await TestPortal.StartStillAsync(Engine.Sqlite);
        await portal.SignInAsync();
        await RecordAsync(portal);
        await using var stranger = await AuditFixture.CreateAsync();
        await new SealAccessRecords(portal.Get<IDbContextFactory<MyPortal.Data.PortalDbContext>>(), stranger.Key, portal.Clock).ExecuteAsync(Token);

        var (code, said) = await RunAsync(portal);

        code.ShouldBe(4);
        said.ShouldContain("made with another key than recorder.p8");
    }

    [Fact]
    public async Task An_empty_chain_one_without_anchor_and_one_cut_short_are_not_good()
    {
        await using var portal = await TestPortal.StartStillAsync(Engine.Sqlite);
        var empty = await RunAsync(portal);
        await RecordAsync(portal);
        await portal.Get<SealAccessRecords>().ExecuteAsync(Token);
        var unanchored = await RunAsync(portal);
        await portal.SealRecordsAsync();
        await using (var db = portal.OpenDatabase())
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM AuditSeals", Token);
            await db.Database.ExecuteSqlAsync($"DELETE FROM AccessRecords", Token);
        }

        var cut = await RunAsync(portal);
        portal.Get<Microsoft.Extensions.Configuration.IConfiguration>()["Audit:AcceptRestore"] = "true";
        var accepted = await RunAsync(portal);

        new[] { empty.Code, unanchored.Code, cut.Code }.ShouldAllBe(code => code == 1);
        empty.Said.ShouldStartWith("There is no sealed access record and no anchor");
        unanchored.Said.ShouldContain("no anchor says how far");
        cut.Said.ShouldStartWith("The chain ends at access record 0, but record 1 was anchored at");
        cut.Said.ShouldContain("verify-audit --accept-restore");
        accepted.Code.ShouldBe(1, "whoever accepts an empty database still has nothing to show");
        accepted.Said.ShouldContain("a restore to record 0 was accepted at");
    }

    [Fact]
    public async Task A_further_anchor_file_that_is_not_there_is_said()
    {
        await using var portal = await TestPortal.StartStillAsync(Engine.Sqlite);
        await using var errors = new StringWriter();
        var services = new Replaced(portal.Services, portal.Get<AuditOptions>() with { FurtherAnchors = ["/nowhere/audit.anchors"] });

        (await VerifyAuditCommand.RunAsync(services, TextWriter.Null, errors)).ShouldBe(2);

        errors.ToString().ShouldContain("Audit:FurtherAnchors names /nowhere/audit.anchors");
    }

    [Fact]
    public void The_switch_becomes_a_setting_and_swallows_no_other() =>
        PortalCommands.WithoutCommand(["verify-audit", "--accept-restore", "--Data:Folder=x"]).ShouldBe(["--Audit:AcceptRestore=true", "--Data:Folder=x"]);

    private static async Task RecordAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        portal.Get<AuditTrail>().Add(db, AccessEvent.ChainChecked, Actor.System);
        await db.SaveChangesAsync();
    }

    private static async Task<(int Code, string Said)> RunAsync(TestPortal portal)
    {
        await using var output = new StringWriter();
        return (await VerifyAuditCommand.RunAsync(portal.Services, output, TextWriter.Null), output.ToString());
    }

    private sealed class Replaced(IServiceProvider services, AuditOptions options) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(AuditOptions) ? options : services.GetService(serviceType);
    }
}
