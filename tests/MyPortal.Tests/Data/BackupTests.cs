using Microsoft.EntityFrameworkCore;
using MyPortal.App;
using MyPortal.Data;
using MyPortal.Features.Notices;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Sealing;

namespace MyPortal.Tests.Data;

/// <summary>Backup and restore exactly as docs/operations.md tells whoever runs the portal.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("myportal-backup-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => shelf.Delete(recursive: true);

    [Theory, EveryDatabase(Engine.SqlServer)]
    public async Task After_a_restore_sign_in_works_notices_open_messages_wait_and_the_records_are_intact(Engine engine)
    {
        var card = await TestCard.OrdinaryAsync();
        Guid notice;
        await using (var fixture = await CardFixture.EnrolledAsync(engine, card))
        {
            using var city = await TestSender.SignedInAsync(fixture.Portal, name: "さくら市");
            await fixture.Portal.Get<ISenderWebhooks>().RegisterAsync(city.Id, "https://sender.invalid/events", CancellationToken.None);
            var citizen = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen;
            notice = (await city.SendAsync(citizen, "保存された題名", "保存された本文")).Id;
            await fixture.Portal.SealRecordsAsync();

            // Somebody goes on posting while the backup is taken.
            using var stop = new CancellationTokenSource();
            var posting = PostUntilAsync(city, citizen, stop.Token);
            await BackUpAsync(engine, fixture.Portal);
            await stop.CancelAsync();
            await posting;
            await city.SendAsync(citizen);
            await fixture.Portal.SealRecordsAsync();
            File.Copy(Path.Combine(fixture.Portal.Folder, "audit.anchors"), AnchorFile);
        }

        await using var restored = CardFixture.At(await TestPortal.StartRestoredAsync(await TestDatabase.RestoreAsync(engine, DatabaseFile), KeysFolder), card);
        File.Copy(AnchorFile, Path.Combine(restored.Portal.Folder, "audit.anchors"), overwrite: true);
        (await restored.Portal.Services.RunCommandAsync("verify-audit")).ShouldBe(1, "the anchors know of records that are not in the backup");
        restored.Portal.Get<Microsoft.Extensions.Configuration.IConfiguration>()["Audit:AcceptRestore"] = "true";
        (await restored.Portal.Services.RunCommandAsync("verify-audit")).ShouldBe(0);
        restored.Portal.Get<Microsoft.Extensions.Configuration.IConfiguration>()["Audit:AcceptRestore"] = "false";
        (await restored.PassAsync()).ShouldBe("/");
        var page = await restored.Browser.ReadAsync($"/inbox/{notice:D}");
        page.ShouldContain("保存された題名");
        page.ShouldContain("保存された本文");
        await using var db = restored.Portal.OpenDatabase();
        var mailbox = await db.Set<Mailbox>().SingleAsync(Token);
        (await db.Set<Notice>().CountAsync(Token)).ShouldBe((int)mailbox.LastPosition, "the copy is of one moment, not of several");
        (await db.Set<OutboxMessage>().CountAsync(message => message.State == OutboxState.Waiting, Token)).ShouldBe((int)mailbox.LastPosition);
        await restored.Portal.SealRecordsAsync();
        (await restored.Portal.Services.RunCommandAsync("verify-audit")).ShouldBe(0);
    }

    [Fact]
    public async Task Without_its_keys_a_restored_database_is_not_served()
    {
        await using (var portal = await TestPortal.StartAsync())
        {
            await BackUpAsync(Engine.Sqlite, portal);
        }

        await using var database = await TestDatabase.RestoreAsync(Engine.Sqlite, DatabaseFile);
        var fixture = new KeyFixture(database, Path.Combine(shelf.FullName, "empty"));

        (await Should.ThrowAsync<StartRefusedException>(fixture.CheckAsync())).Message.ShouldContain("key-encryption.key' is missing");
        fixture.Files.ShouldBeEmpty("nobody makes keys for a database that has some");
    }

    [Fact]
    public async Task What_a_killed_backup_left_does_not_block_the_next_one()
    {
        await using var portal = await TestPortal.StartAsync();
        await File.WriteAllBytesAsync(DatabaseFile + ".part", new byte[100], Token);
        await File.WriteAllBytesAsync(DatabaseFile + ".part-wal", new byte[100], Token);

        (await portal.Services.BackUpAsync(DatabaseFile, Token)).ShouldBe(BackupOutcome.Written);

        shelf.EnumerateFiles().Select(file => file.Name).ShouldBe(["database.backup"]);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_leaves_nothing_and_says_so()
    {
        await using var portal = await TestPortal.StartAsync();

        (await portal.Services.BackUpAsync(Path.Combine(shelf.FullName, "nowhere", "copy"), Token)).ShouldBe(BackupOutcome.NotWritable);

        shelf.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_replaces_no_file_and_only_its_owner_can_read_it()
    {
        await using var portal = await TestPortal.StartAsync();

        (await portal.Services.BackUpAsync(DatabaseFile, Token)).ShouldBe(BackupOutcome.Written);
        (await portal.Services.BackUpAsync(DatabaseFile, Token)).ShouldBe(BackupOutcome.FileExists);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(DatabaseFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_command_says_by_its_exit_code_whether_there_is_a_copy(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine, web => web.UseSetting("Backup:File", DatabaseFile));

        (await portal.Services.RunCommandAsync("backup")).ShouldBe(engine is Engine.Sqlite ? 0 : 2);
        File.Exists(DatabaseFile).ShouldBe(engine is Engine.Sqlite);
    }

    private string DatabaseFile => Path.Combine(shelf.FullName, "database.backup");

    private string AnchorFile => Path.Combine(shelf.FullName, "audit.anchors");

    private string KeysFolder => Path.Combine(shelf.FullName, "keys");

    private async Task BackUpAsync(Engine engine, TestPortal portal)
    {
        if (engine is Engine.PostgreSql)
        {
            await using var db = portal.OpenDatabase();
            await (await PostgreSqlCluster.StartedAsync()).DumpAsync(db.Database.GetConnectionString()!, DatabaseFile);
        }
        else
        {
            (await portal.Services.BackUpAsync(DatabaseFile, Token)).ShouldBe(BackupOutcome.Written);
        }

        Directory.CreateDirectory(KeysFolder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(portal.Folder, "keys")))
        {
            File.Copy(file, Path.Combine(KeysFolder, Path.GetFileName(file)));
        }
    }

    private static async Task PostUntilAsync(TestSender city, CitizenId citizen, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await city.SendAsync(citizen);
        }
    }
}
