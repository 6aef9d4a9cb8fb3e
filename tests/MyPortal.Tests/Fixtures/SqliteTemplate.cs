using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Tests.Fixtures;

/// <summary>An empty database with tables, migrated once per run; a test copies the file.</summary>
internal static class SqliteTemplate
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("myportal-db-template-");
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static Task<string> File => Made.Value;

    public static void Remove() => Folder.Delete(recursive: true);

    private static async Task<string> MakeAsync()
    {
        // Without a pool the file is closed, and thus complete, when the context is disposed of.
        var connection = new SqliteConnectionStringBuilder(DatabaseEngines.SqliteIn(Folder.FullName)) { Pooling = false };
        await using var db = DatabaseEngine.Sqlite.CreateContext(connection.ToString());
        await db.Database.MigrateAsync();
        return connection.DataSource;
    }
}
