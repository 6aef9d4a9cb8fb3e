using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Tests.Features.Senders.Admission;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

public sealed class ConsoleCanaryTests
{
    [Fact]
    public async Task What_operators_write_and_the_secrets_they_hand_out_stand_nowhere_in_plain()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync(("reason", "canaryreason カナリア理由"));
        using var made = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", ("purpose", "Test"), ("way", "make"));
        var page = await ReadPage.ParseAsync(made);
        var code = (await fixture.Portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("カナリア運用", OperatorRoles.View, "カナリア増員"), CancellationToken.None)).Value;
        Dictionary<string, string> canaries = new(StringComparer.Ordinal)
        {
            ["reason"] = "canaryreason",
            ["reason in Japanese"] = "カナリア理由",
            ["work name"] = "カナリア運用",
            ["reason of an appointment"] = "カナリア増員",
            ["appointment code"] = code.Replace("-", "", StringComparison.Ordinal),
            ["test recipient code"] = page.QuerySelectorAll("main dd code")[^1].Words(),
            ["private key"] = page.QuerySelector(".console-pem")!.TextContent.Split('\n')[1],
        };
        await using var db = fixture.Portal.OpenDatabase();
        var folder = Path.GetDirectoryName(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource)!;

        var hits =
            from file in Directory.EnumerateFiles(folder, "portal.db*")
            let bytes = ReadShared(file)
            from canary in canaries
            from writing in CanaryScan.Find(bytes, canary.Value)
            select $"{canary.Key} in {Path.GetFileName(file)}, {writing}";

        hits.ShouldBeEmpty();
        CanaryScan.Find(ReadShared(Path.Combine(folder, "portal.db-wal")), "hinode-gas").ShouldNotBeEmpty("there was something to find");
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
