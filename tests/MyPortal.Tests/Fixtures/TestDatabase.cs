using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// A database of one test, with the current tables and no rows. It is the context factory that use cases ask for, and it is
/// removed when disposed of.
/// </summary>
internal sealed class TestDatabase : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    private readonly Func<Task> remove;

    private TestDatabase(DatabaseEngine engine, string connectionString, Func<Task> remove)
    {
        Engine = engine;
        ConnectionString = connectionString;
        this.remove = remove;
    }

    public DatabaseEngine Engine { get; }

    public string ConnectionString { get; }

    /// <summary>A fresh database with tables; SQLite unless the test is for every engine.</summary>
    public static Task<TestDatabase> CreateAsync(Engine engine = Fixtures.Engine.Sqlite) => engine switch
    {
        Fixtures.Engine.Sqlite => CreateSqliteAsync(),
        Fixtures.Engine.PostgreSql => CreatePostgreSqlAsync(),
        Fixtures.Engine.SqlServer => CreateSqlServerAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    /// <summary>A place for a database without tables; for SQLite and SQL Server nothing is there yet.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(Engine engine)
    {
        if (engine is Fixtures.Engine.PostgreSql)
        {
            var cluster = await PostgreSqlCluster.StartedAsync();
            var (name, connection) = await cluster.CreateEmptyDatabaseAsync();
            return new TestDatabase(DatabaseEngine.PostgreSql, connection, () => cluster.DropDatabaseAsync(name));
        }

        return engine is Fixtures.Engine.Sqlite ? AtSqlite(Directory.CreateTempSubdirectory("myportal-db-")) : AtSqlServer(SqlServerInstance.FreshDatabase());
    }

    /// <summary>A database made from a backup: a copied file, or a dump of PostgreSQL.</summary>
    public static Task<TestDatabase> RestoreAsync(Engine engine, string backup) => engine switch
    {
        Fixtures.Engine.Sqlite => CreateSqliteAsync(backup),
        Fixtures.Engine.PostgreSql => CreatePostgreSqlAsync(backup),
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    public PortalDbContext CreateDbContext() => Engine.CreateContext(ConnectionString);

    public async ValueTask DisposeAsync() => await remove();

    private static async Task<TestDatabase> CreateSqliteAsync(string? backup = null)
    {
        var folder = Directory.CreateTempSubdirectory("myportal-db-");
        File.Copy(backup ?? await SqliteTemplate.File, Path.Combine(folder.FullName, "portal.db"));
        return AtSqlite(folder);
    }

    private static TestDatabase AtSqlite(DirectoryInfo folder)
    {
        var connection = DatabaseEngines.SqliteIn(folder.FullName);
        return new TestDatabase(DatabaseEngine.Sqlite, connection, () =>
        {
            using (var pooled = new SqliteConnection(connection))
            {
                SqliteConnection.ClearPool(pooled);
            }

            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> CreatePostgreSqlAsync(string? backup = null)
    {
        var cluster = await PostgreSqlCluster.StartedAsync();
        var (name, connection) = await (backup is null ? cluster.CreateDatabaseAsync() : cluster.RestoreAsync(backup));
        return new TestDatabase(DatabaseEngine.PostgreSql, connection, () => cluster.DropDatabaseAsync(name));
    }

    private static async Task<TestDatabase> CreateSqlServerAsync()
    {
        var connection = SqlServerInstance.FreshDatabase();
        await using (var db = DatabaseEngine.SqlServer.CreateContext(connection))
        {
            await db.Database.MigrateAsync();
        }

        return AtSqlServer(connection);
    }

    private static TestDatabase AtSqlServer(string connection) =>
        new(DatabaseEngine.SqlServer, connection, async () =>
        {
            await using var db = DatabaseEngine.SqlServer.CreateContext(connection);
            await db.Database.EnsureDeletedAsync();
        });
}
