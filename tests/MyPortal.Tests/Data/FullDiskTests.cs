using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyPortal.Data;
using MyPortal.Data.Sqlite;
using MyPortal.Features.Notices;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

/// <summary>No room, no right, no database: what whoever runs the portal, a sender and a citizen are told.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-full-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(folder.FullName, "portal.db");

    private string Folder => $"--Data:Folder={folder.FullName}";

    [Fact]
    public async Task A_start_that_finds_no_room_says_so_and_the_next_one_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        var (exitCode, said) = await PortalCommand.RunAsync("migrate", database: null, [Folder], longestFile: 40);

        exitCode.ShouldBe(3, said);
        said.ShouldBe($"The disk of the database fails ({Database}); see whether it is full, over a quota or broken, then start again.");
        (await PortalCommand.RunAsync("migrate", database: null, [Folder])).ShouldBe((0, ""));
    }

    [Fact]
    public async Task A_backup_that_finds_no_room_says_so_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        await PortalCommand.RunAsync("migrate", database: null, [Folder]);
        var copy = Path.Combine(folder.FullName, "copy");

        var (exitCode, said) = await PortalCommand.RunAsync("backup", database: null, [Folder, $"--Backup:File={copy}"], longestFile: 80);

        exitCode.ShouldBe(1, said);
        said.ShouldBe($"{copy} cannot be written: no room is left, its folder is missing or not ours, or its disk fails. Nothing was left there.");
        folder.EnumerateFiles("copy*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        await File.WriteAllTextAsync(Database, new string('x', 8192), Token);

        foreach (var command in new[] { "", "verify-audit", "backup" })
        {
            var (exitCode, said) = await PortalCommand.RunAsync(command, database: null, [Folder, $"--Backup:File={folder.FullName}/copy"]);
            exitCode.ShouldBe(3, said);
            said.ShouldBe($"The database is damaged or no database ({Database}); move it away and restore a backup as docs/operations.md says.");
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there nobody, not even root, can write this folder.");
        var (exitCode, said) = await PortalCommand.RunAsync("", database: null, ["--Data:Folder=/proc/portal"]);

        exitCode.ShouldBe(3, said);
        said.ShouldBe("The folder '/proc/portal' cannot be written; give it to the user of the portal with mode 0700, or name another one with Data:Folder.");
    }

    [Theory]
    [InlineData("verify-audit"), InlineData("outbox"), InlineData("backup")]
    public async Task A_command_that_finds_no_database_makes_none(string command)
    {
        var (exitCode, said) = await PortalCommand.RunAsync(command, database: null, [Folder, $"--Backup:File={folder.FullName}/copy"]);

        exitCode.ShouldBe(3, said);
        said.ShouldStartWith($"There is no database '{Database}'");
        folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""), InlineData("migrate")]
    public async Task A_database_that_is_missing_beside_its_keys_is_not_made_anew(string command)
    {
        using (var portal = await PortalProcess.StartAsync(["--Deployment:Mode=Sandbox", $"--TrustBundle={(await TestIssuer.FoundedAsync()).TrustBundle}", "--Portal:Origin=http://localhost:5080", Folder]))
        {
            await portal.KillAsync();
        }

        foreach (var file in folder.EnumerateFiles("portal.db*"))
        {
            file.Delete();
        }

        var (exitCode, said) = await PortalCommand.RunAsync(command, database: null, [Folder]);

        exitCode.ShouldBe(3, said);
        said.ShouldBe($"The database '{Database}' is missing or empty, but '{Path.Combine(folder.FullName, "keys")}' holds keys; put the database back or name the folder it is in with Data:Folder, and only to begin an empty database with these keys start once with Data:CreateNew=true.");
        folder.EnumerateFiles("portal.db").ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_disk_is_full_senders_and_people_are_asked_to_come_again_and_nothing_is_half_kept()
    {
        var disk = new Disk();

        // Straight from the engine's own factory: every context is open from the start here, which the guard of connections would refuse.
        await using var portal = await TestPortal.StartAsync(configure: web => web.ConfigureTestServices(services =>
            services.Replace(ServiceDescriptor.Singleton<IDbContextFactory<PortalDbContext>>(provider =>
                new OnDisk(provider.GetRequiredService<IDbContextFactory<SqlitePortalDbContext>>(), disk)))));
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var code = await city.CodeOfAsync(hanako.Citizen);
        var letter = TestSender.Letter(code, body: new string('長', 15_000));

        disk.IsFull = true;
        HttpResponseMessage answer;
        var posted = 0;
        do
        {
            // Pages that are there already still take some.
            answer = await city.PostAsync(letter, $"key-{posted++}");
        }
        while (answer.IsSuccessStatusCode);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("code").GetString().ShouldBe("database.unavailable");
        using var page = await UntilRefusedAsync(hanako.Browser);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        (await ReadPage.ParseAsync(page)).Heading().ShouldBe("いまお休みしています");

        disk.IsFull = false;
        (await city.PostAsync(letter, $"key-{posted - 1}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().CountAsync(Token)).ShouldBe(posted);
        (await db.Set<Mailbox>().SingleAsync(Token)).LastPosition.ShouldBe(posted);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    // Opening the list writes an access record; some still fit on a page that is there.
    private static async Task<HttpResponseMessage> UntilRefusedAsync(HttpClient browser)
    {
        while (true)
        {
            var answer = await browser.GetAsync("/inbox", Token);
            if (!answer.IsSuccessStatusCode)
            {
                return answer;
            }

            answer.Dispose();
        }
    }

    private sealed class Disk
    {
        public bool IsFull { get; set; }
    }

    /// <summary>Contexts whose database may not grow while the disk is full.</summary>
    private sealed class OnDisk(IDbContextFactory<SqlitePortalDbContext> inner, Disk disk) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext()
        {
            var db = inner.CreateDbContext();
            db.Database.OpenConnection();
            using var limit = db.Database.GetDbConnection().CreateCommand();
            limit.CommandText = disk.IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 4294967294";
            limit.ExecuteNonQuery();
            return db;
        }
    }
}
