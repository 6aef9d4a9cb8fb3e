using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MyPortal.Data;

/// <summary>What kept the database from doing its work, told apart by what helps.</summary>
internal enum DatabaseFailureKind
{
    /// <summary>It does not answer, or others kept it busy for too long.</summary>
    Unreachable,

    /// <summary>No room is left.</summary>
    Full,

    /// <summary>The disk answers reading or writing with an error.</summary>
    Failing,

    /// <summary>It, or its folder, cannot be written.</summary>
    ReadOnly,

    /// <summary>Its file is damaged or no database.</summary>
    Damaged,

    /// <summary>It does not let this user in.</summary>
    Refused,
}

/// <summary>Tells trouble of the database from faults of the program; each engine and the file system say it in their own way.</summary>
internal static class DatabaseFailure
{
    private const int NoSpaceLeft = 28;
    private const int FileTooLarge = 27;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    // Disk full, log full; login, database and permission; then what SqlClient itself calls a network that is away.
    private static readonly HashSet<int> SqlServerFull = [1101, 1105, 9002];
    private static readonly HashSet<int> SqlServerRefused = [4060, 18452, 18456];
    private static readonly HashSet<int> SqlServerDamaged = [823, 824, 825];
    private static readonly HashSet<int> SqlServerUnreachable = [-2, -1, 2, 53, 64, 121, 233, 258, 1205, 1222, 3906, 4221, 10053, 10054, 10060, 10061, 10928, 10929, 11001, 40197, 40501, 40613];

    /// <summary>The kind of trouble behind an exception; null when the fault is another one.</summary>
    public static DatabaseFailureKind? Of(Exception? exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (KindOf(one) is { } kind)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Whether the connection broke before it said anything: what only reads may be asked again on another one.</summary>
    public static bool IsLostConnection(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => true,
        SqlException { Number: 64 or 233 or 10053 or 10054 } => true,
        _ => false,
    };

    /// <summary>One sentence for whoever runs the portal; null when the fault is another one.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="place">What was being used, without secrets.</param>
    public static string? SentenceFor(Exception exception, string place) => (Of(exception) ?? (exception is DirectoryNotFoundException or UnauthorizedAccessException ? DatabaseFailureKind.ReadOnly : null)) switch
    {
        DatabaseFailureKind.Unreachable => $"The database does not answer ({place}); see that it runs and that Data:ConnectionString leads there, then start again.",
        DatabaseFailureKind.Full => $"No room is left for the database ({place}); free some or make the disk larger, then start again.",
        DatabaseFailureKind.Failing => $"The disk of the database fails ({place}); see whether it is full, over a quota or broken, then start again.",
        DatabaseFailureKind.ReadOnly => $"The database cannot be written ({place}); give the user of the portal the right to write the folder and the files in it, then start again.",
        DatabaseFailureKind.Damaged => $"The database is damaged or no database ({place}); move it away and restore a backup as docs/operations.md says.",
        DatabaseFailureKind.Refused => $"The database does not let this user in ({place}); see that user, password and database in Data:ConnectionString are right.",
        _ => null,
    };

    private static DatabaseFailureKind? KindOf(Exception exception) => exception switch
    {
        SqliteException sqlite => KindOf(sqlite),
        PostgresException postgres => KindOf(postgres),
        NpgsqlException or TimeoutException { Source: "Npgsql" } => DatabaseFailureKind.Unreachable,
        SqlException sql => KindOf(sql),
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" } pool when pool.Message.Contains("pool", StringComparison.Ordinal) => DatabaseFailureKind.Unreachable,
        IOException file when file.HResult is NoSpaceLeft or FileTooLarge or WindowsDiskFull => DatabaseFailureKind.Full,
        IOException file when file.HResult is ReadOnlyFileSystem => DatabaseFailureKind.ReadOnly,
        _ => null,
    };

    // https://www.sqlite.org/rescode.html; a copy that fails tells the extended code, whose last byte is the plain one.
    private static DatabaseFailureKind? KindOf(SqliteException exception) => (exception.SqliteErrorCode & 0xFF) switch
    {
        5 or 6 => DatabaseFailureKind.Unreachable,
        13 => DatabaseFailureKind.Full,
        10 => DatabaseFailureKind.Failing,
        3 or 8 or 14 => DatabaseFailureKind.ReadOnly,
        11 or 26 => DatabaseFailureKind.Damaged,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static DatabaseFailureKind? KindOf(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.DiskFull => DatabaseFailureKind.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFailureKind.ReadOnly,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => DatabaseFailureKind.Damaged,
        PostgresErrorCodes.InvalidCatalogName => DatabaseFailureKind.Refused,
        var state when state.StartsWith("28", StringComparison.Ordinal) => DatabaseFailureKind.Refused,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => DatabaseFailureKind.Unreachable,
        var state when exception.IsTransient || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) => DatabaseFailureKind.Unreachable,
        _ => null,
    };

    private static DatabaseFailureKind? KindOf(SqlException exception) => exception.Number switch
    {
        var number when SqlServerFull.Contains(number) => DatabaseFailureKind.Full,
        var number when SqlServerRefused.Contains(number) => DatabaseFailureKind.Refused,
        var number when SqlServerDamaged.Contains(number) => DatabaseFailureKind.Damaged,
        var number when SqlServerUnreachable.Contains(number) || exception.IsTransient => DatabaseFailureKind.Unreachable,
        _ => null,
    };
}
