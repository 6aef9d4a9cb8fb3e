using Microsoft.EntityFrameworkCore;
using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Audit;

public sealed class VerifyAuditCommandTests
{
    [Fact]
    public async Task The_command_says_by_its_exit_code_whether_the_records_are_what_was_sealed()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var page = await hanako.Browser.GetAsync("/inbox", TestContext.Current.CancellationToken);
        await using var db = portal.OpenDatabase();
        while (await db.Set<AccessRecord>().AnyAsync(record => record.Sequence == null, TestContext.Current.CancellationToken))
        {
            await portal.Get<SealAccessRecords>().ExecuteAsync(TestContext.Current.CancellationToken);
        }

        (await portal.Services.RunCommandAsync("verify-audit")).ShouldBe(0);
        (await db.Database.ExecuteSqlAsync($"UPDATE AccessRecords SET Outcome = 'ok:7' WHERE Outcome = 'ok:0'", TestContext.Current.CancellationToken)).ShouldBe(1);
        (await portal.Services.RunCommandAsync("verify-audit")).ShouldBe(1);
    }
}
