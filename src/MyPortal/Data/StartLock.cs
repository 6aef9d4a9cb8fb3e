using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Kernel;
using Npgsql;

namespace MyPortal.Data;

/// <summary>
/// Lets one process at a time prepare a database. Each lock dies with its process: an open file beside the embedded database, a
/// transaction on the others. Entity Framework's own lock is a row in SQLite, which outlives whoever is killed.
/// </summary>
internal static class StartLock
{
    /// <summary>How long a process waits for others before it says so and ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int GaveUp = 50_001;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock; disposing of the answer gives it back.</summary>
    /// <exception cref="StartRefusedException">Others hold it for longer than <paramref name="patience"/>.</exception>
    public static async Task<IAsyncDisposable> TakeAsync(IDbContextFactory<PortalDbContext> databases, TimeSpan patience, CancellationToken cancellationToken)
    {
        var holder = await databases.CreateDbContextAsync(cancellationToken);
        if (holder.Database.GetDbConnection() is SqliteConnection connection)
        {
            await holder.DisposeAsync();
            return await TakeFileAsync(Path.GetFullPath(connection.DataSource) + ".lock", patience, cancellationToken);
        }

        try
        {
            // A transaction and not the session: behind PgBouncer only a transaction keeps its connection.
            await holder.Database.BeginTransactionAsync(cancellationToken);
            holder.Database.SetCommandTimeout(patience + TimeSpan.FromSeconds(10));
            await holder.Database.ExecuteSqlRawAsync(holder.Database.GetDbConnection() is NpgsqlConnection ? PostgreSql(patience) : SqlServer(patience), cancellationToken);
            return holder;
        }
        catch (DbException exception) when (exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } or SqlException { Number: GaveUp })
        {
            await holder.DisposeAsync();
            throw Refusal(patience, exception);
        }
    }

    // The number is "MYPORTAL" in ASCII; PostgreSQL keeps such locks apart by database.
    private static string PostgreSql(TimeSpan patience) =>
        FormattableString.Invariant($"SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = {patience.TotalMilliseconds:0}; SELECT pg_advisory_xact_lock(5573574315461591372)");

    private static string SqlServer(TimeSpan patience) =>
        FormattableString.Invariant($"DECLARE @taken int; EXEC @taken = sp_getapplock @Resource = 'MyPortal start', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {patience.TotalMilliseconds:0}; IF @taken < 0 THROW {GaveUp}, 'The lock is held by another process.', 1;");

    private static async Task<IAsyncDisposable> TakeFileAsync(string file, TimeSpan patience, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            try
            {
                return new FileStream(file, options);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(file))
            {
                if (waited >= patience)
                {
                    throw Refusal(patience, exception);
                }
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    private static StartRefusedException Refusal(TimeSpan patience, Exception cause) => new(
        FormattableString.Invariant($"Another process has been preparing this database for more than {patience.TotalSeconds:0} seconds; wait until it is done (a large database takes minutes) or end it, and start again."),
        cause);
}
