using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;
using Npgsql;

namespace MyPortal.Tests.Data;

/// <summary>What happens to a database before anybody is served.</summary>
public sealed class DatabaseStartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-start-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Those_who_migrate_at_once_wait_for_each_other_and_go_on(Engine engine)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DatabaseSchema.MigrateAsync(database, Token), Token)));

        await using var db = database.CreateDbContext();
        (await DatabaseSchema.StandingAsync(db, Token)).ShouldBe(SchemaStatus.Current);
    }

    [Theory, EveryDatabase]
    public async Task Processes_that_migrate_at_once_wait_for_each_other_and_go_on(Engine engine)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(engine);
        using var first = await PortalCommand.StartAsync("migrate", database, [Folder]);
        using var second = await PortalCommand.StartAsync("migrate", database, [Folder]);

        (await first.EndAsync()).ShouldBe((0, ""));
        (await second.EndAsync()).ShouldBe((0, ""));
    }

    [Theory, EveryDatabase(Engine.SqlServer)]
    public async Task A_kill_in_the_middle_of_a_migration_keeps_nobody_from_starting(Engine engine)
    {
        TestDatabase? database = null;
        try
        {
            // Some kills come too late: then on with another database.
            do
            {
                await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
                database = await TestDatabase.CreateEmptyAsync(engine);
                using var killed = await PortalCommand.StartAsync("migrate", database, [Folder]);
                while (!killed.HasEnded && !await IsLockedAsync(database))
                {
                    await Task.Yield();
                }

                await killed.KillAsync();
            }
            while (!await IsHalfMigratedAsync(database));

            (await PortalCommand.RunAsync("migrate", database, [Folder])).ShouldBe((0, ""));
            await using var db = database.CreateDbContext();
            (await DatabaseSchema.StandingAsync(db, Token)).ShouldBe(SchemaStatus.Current);
        }
        finally
        {
            await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Fact]
    public async Task The_lock_row_of_a_process_that_was_killed_is_nothing_to_wait_for()
    {
        await using var current = await TestDatabase.CreateAsync();
        await LeaveLockRowAsync(current);
        await DatabaseSchema.MigrateAsync(current, Token);

        await using var older = await TestDatabase.CreateEmptyAsync(Engine.Sqlite);
        await using (var db = older.CreateDbContext())
        {
            await db.Database.MigrateAsync(db.Database.GetMigrations().First(), Token);
        }

        await LeaveLockRowAsync(older);
        await DatabaseSchema.MigrateAsync(older, Token);

        await using var migrated = older.CreateDbContext();
        (await DatabaseSchema.StandingAsync(migrated, Token)).ShouldBe(SchemaStatus.Current);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_waits_too_long_for_others_is_told(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using (await StartLock.TakeAsync(database, StartLock.Patience, Token))
        {
            // Whoever has nothing to migrate needs no turn.
            await DatabaseSchema.MigrateAsync(database, Token);
            var refused = await Should.ThrowAsync<StartRefusedException>(StartLock.TakeAsync(database, TimeSpan.FromSeconds(1), Token));
            refused.Message.ShouldBe("Another process has been preparing this database for more than 1 seconds; wait until it is done (a large database takes minutes) or end it, and start again.");
        }

        await (await StartLock.TakeAsync(database, TimeSpan.FromSeconds(1), Token)).DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_program_that_is_older_than_the_database_refuses_to_start(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using (var db = database.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('99991231235959_FromTheFuture', '99.0.0')", Token);
        }

        foreach (var command in new[] { "", "migrate", "verify-audit" })
        {
            var (exitCode, said) = await PortalCommand.RunAsync(command, database, [Folder]);
            exitCode.ShouldBe(3, said);
            said.ShouldBe("The database was migrated by a newer version of this program, which this one cannot read; start that version, or restore a backup from before the migration.");
        }
    }

    [Fact]
    public async Task A_database_that_was_not_migrated_is_not_served_where_the_start_may_not_migrate()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(Engine.PostgreSql);

        var (exitCode, said) = await PortalCommand.RunAsync("", database, [Folder, "--Data:MigrateAtStart=false"]);

        exitCode.ShouldBe(3, said);
        said.ShouldContain("run the command 'migrate' once");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_their_owner_can_read_the_files_of_the_embedded_database()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var portal = await PortalProcess.StartAsync(["--Deployment:Mode=Sandbox", $"--TrustBundle={(await TestIssuer.FoundedAsync()).TrustBundle}", "--Portal:Origin=http://localhost:5080", Folder]);

        var files = folder.EnumerateFiles("portal.db*").ToList();
        files.Select(file => file.Name).ShouldBe(["portal.db", "portal.db-shm", "portal.db-wal", "portal.db.lock"], ignoreOrder: true);
        files.ShouldAllBe(file => file.UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Folder => $"--Data:Folder={folder.FullName}";

    private static async Task LeaveLockRowAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL)", Token);
        await db.Database.ExecuteSqlRawAsync("INSERT OR IGNORE INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-01-01')", Token);
    }

    private static async Task<bool> IsLockedAsync(TestDatabase database)
    {
        await using System.Data.Common.DbConnection connection = database.Engine is DatabaseEngine.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString())
            : new NpgsqlConnection(database.ConnectionString);
        try
        {
            await connection.OpenAsync(Token);
            await using var asked = connection.CreateCommand();
            asked.CommandText = database.Engine is DatabaseEngine.Sqlite ? "SELECT count(*) FROM __EFMigrationsLock" : "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND datname = current_database()";
            return Convert.ToInt64(await asked.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture) > 0;
        }
        catch (SqliteException)
        {
            // Not there yet.
            return false;
        }
    }

    private static async Task<bool> IsHalfMigratedAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await DatabaseSchema.StandingAsync(db, Token) is SchemaStatus.Older && (database.Engine is not DatabaseEngine.Sqlite || await IsLockedAsync(database));
    }
}
