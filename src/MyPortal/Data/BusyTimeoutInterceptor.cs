using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MyPortal.Data;

/// <summary>
/// Lets a writer of the embedded database wait in SQLite itself, which looks every few milliseconds whether its turn has come. The
/// driver alone sleeps for 150 ms each time it finds another one writing, and everything behind it waits with it.
/// </summary>
internal sealed class BusyTimeoutInterceptor : DbConnectionInterceptor
{
    /// <summary>Seconds a writer queues before it fails.</summary>
    public const int Seconds = 30;

    private static readonly string Statement = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {Seconds * 1000}");

    public static BusyTimeoutInterceptor Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Grant(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Grant(connection);
        return Task.CompletedTask;
    }

    // Belongs to the native connection, of which an opening may get any; it touches no file. SQLite has no asynchronous work.
    internal static void Grant(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statement;
        command.ExecuteNonQuery();
    }
}
