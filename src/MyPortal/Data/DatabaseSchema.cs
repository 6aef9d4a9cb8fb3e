using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MyPortal.Kernel;

namespace MyPortal.Data;

/// <summary>How the tables of the database and the model of this program compare.</summary>
internal enum SchemaStatus
{
    /// <summary>They are of the same version.</summary>
    Current,

    /// <summary>Migrations of this program have not run yet.</summary>
    Older,

    /// <summary>A newer program migrated the database.</summary>
    Newer,
}

/// <summary>Brings the tables to the model of this program, or says why that cannot be.</summary>
internal static class DatabaseSchema
{
    public static async Task<SchemaStatus> StandingAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var ran = 0;
        foreach (var migration in applied)
        {
            if (!known.Contains(migration))
            {
                return SchemaStatus.Newer;
            }

            ran++;
        }

        return ran == known.Count ? SchemaStatus.Current : SchemaStatus.Older;
    }

    /// <summary>Runs what is pending. Takes no lock when there is nothing to do; several processes wait for each other and go on.</summary>
    /// <exception cref="StartRefusedException">The database is newer, or others migrate it for longer than the patience of <see cref="StartLock"/>.</exception>
    public static async Task MigrateAsync(IDbContextFactory<PortalDbContext> databases, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await StandingOrRefusalAsync(db, cancellationToken) is SchemaStatus.Current)
        {
            return;
        }

        await CreateOnServerAsync(db, cancellationToken);
        await using var turn = await StartLock.TakeAsync(databases, StartLock.Patience, cancellationToken);
        if (await StandingOrRefusalAsync(db, cancellationToken) is SchemaStatus.Older)
        {
            await PrepareFileAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>Refuses when the tables are not those of this program.</summary>
    /// <exception cref="StartRefusedException">The database is older or newer.</exception>
    public static async Task RequireCurrentAsync(IDbContextFactory<PortalDbContext> databases, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await StandingOrRefusalAsync(db, cancellationToken) is SchemaStatus.Older)
        {
            throw new StartRefusedException("The database is older than this program, and Data:MigrateAtStart is false or this command does not migrate; run the command 'migrate' once, then start again.");
        }
    }

    private static async Task<SchemaStatus> StandingOrRefusalAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var standing = await StandingAsync(db, cancellationToken);
        return standing is SchemaStatus.Newer
            ? throw new StartRefusedException("The database was migrated by a newer version of this program, which this one cannot read; start that version, or restore a backup from before the migration.")
            : standing;
    }

    // Before the lock, which lies in the database. Two processes that create it at the same moment: the second finds it there.
    private static async Task CreateOnServerAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (db.Database.GetDbConnection() is SqliteConnection || await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException) when (creator.Exists())
        {
            // Another process was faster.
        }
    }

    private static async Task PrepareFileAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection connection)
        {
            return;
        }

        DatabaseFile.Create(connection.DataSource);

        // Said again at each migration: a kill right behind the creation of the file would leave it in another mode for ever.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);

        // Whoever holds our lock is the only one who migrates: a row of Entity Framework's lock belongs to a process that was killed.
        if (await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken) > 0)
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
