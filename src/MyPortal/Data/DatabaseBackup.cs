using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MyPortal.Data;

/// <summary>How a backup of the database ended.</summary>
internal enum BackupOutcome
{
    /// <summary>The copy is written and whole.</summary>
    Written,

    /// <summary>There is a file of that name already; a backup never replaces one.</summary>
    FileExists,

    /// <summary>Only the embedded database is copied by us; the others have tools of their own.</summary>
    OtherEngine,

    /// <summary>The copy was written and then found damaged.</summary>
    Damaged,
}

/// <summary>
/// Copies the embedded database while the portal runs. What was committed when the copying ends is in it. Keys are not: they belong
/// into another place than the data they open.
/// </summary>
internal static class DatabaseBackup
{
    /// <summary>Writes the copy and reads it through once; only its owner can open it (0600).</summary>
    public static async Task<BackupOutcome> BackUpAsync(this IServiceProvider services, string file, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        if (db.Database.GetDbConnection() is not SqliteConnection source)
        {
            return BackupOutcome.OtherEngine;
        }

        if (!TryCreate(file))
        {
            return BackupOutcome.FileExists;
        }

        await source.OpenAsync(cancellationToken);

        // Without a pool the copy is closed, and thus complete, when the connection is disposed of.
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await copy.OpenAsync(cancellationToken);
        source.BackupDatabase(copy);
        await using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return await check.ExecuteScalarAsync(cancellationToken) is "ok" ? BackupOutcome.Written : BackupOutcome.Damaged;
    }

    private static bool TryCreate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(file, options).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }
}
