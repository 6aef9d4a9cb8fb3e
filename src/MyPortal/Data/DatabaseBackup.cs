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

    /// <summary>The copy was written and then found damaged; it is gone again.</summary>
    Damaged,

    /// <summary>There is no room or no right to write it; nothing is left of it.</summary>
    NotWritable,
}

/// <summary>
/// Copies the embedded database while the portal runs. What was committed when the copying ends is in it. Keys are not: they belong
/// into another place than the data they open.
/// </summary>
internal static class DatabaseBackup
{
    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    /// <summary>
    /// Writes the copy beside its place, reads it through once and only then gives it its name: whatever stops this, a file of that name
    /// is whole. Only its owner can open it (0600).
    /// </summary>
    public static async Task<BackupOutcome> BackUpAsync(this IServiceProvider services, string file, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        if (db.Database.GetDbConnection() is not SqliteConnection source)
        {
            return BackupOutcome.OtherEngine;
        }

        if (File.Exists(file))
        {
            return BackupOutcome.FileExists;
        }

        await source.OpenAsync(cancellationToken);
        var part = file + ".part";
        try
        {
            // Left by a run that was killed.
            Remove(part);
            DatabaseFile.Create(part);
            if (!await CopyAsync(source, part, cancellationToken))
            {
                return BackupOutcome.Damaged;
            }

            File.Move(part, file, overwrite: false);
            return BackupOutcome.Written;
        }
        catch (IOException) when (File.Exists(file))
        {
            return BackupOutcome.FileExists;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException
            || DatabaseFailure.Of(exception) is DatabaseFailureKind.Full or DatabaseFailureKind.Failing or DatabaseFailureKind.ReadOnly)
        {
            return BackupOutcome.NotWritable;
        }
        finally
        {
            Remove(part);
        }
    }

    private static async Task<bool> CopyAsync(SqliteConnection source, string part, CancellationToken cancellationToken)
    {
        // Without a pool the copy is closed, and thus complete, when the connection is disposed of.
        await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ToString()))
        {
            await copy.OpenAsync(cancellationToken);
            source.BackupDatabase(copy);
            await using var check = copy.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (await check.ExecuteScalarAsync(cancellationToken) is not "ok")
            {
                return false;
            }
        }

        await using var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
        return true;
    }

    private static void Remove(string part)
    {
        foreach (var one in Companions.Select(companion => part + companion).Where(File.Exists))
        {
            File.Delete(one);
        }
    }
}
