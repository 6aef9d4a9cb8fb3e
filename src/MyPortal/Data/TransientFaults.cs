using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace MyPortal.Data;

/// <summary>
/// Bears what a database server does when it restarts or hands over. Opening a connection is tried for a few seconds, and a query outside
/// of a transaction whose connection turns out to be dead is asked once more on a new one. Nothing that writes is repeated: whether it
/// took effect is not known here, so it ends as trouble and whoever sent it asks again. Entity Framework's own retrying strategies would
/// repeat single statements too, forbid transactions of ours, and hold whole results in memory.
/// </summary>
internal sealed class TransientFaults : DbCommandInterceptor, IDbConnectionInterceptor
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(1_500)];

    public static TransientFaults Instance { get; } = new();

    public async ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
                return InterceptionResult.Suppress();
            }
            catch (DbException exception) when (exception.IsTransient && DatabaseFailure.Of(exception) is DatabaseFailureKind.Unreachable)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource is not CommandSource.LinqQuery || command is not { Transaction: null, Connection: { } connection })
        {
            return result;
        }

        try
        {
            return InterceptionResult<DbDataReader>.SuppressWithResult(await command.ExecuteReaderAsync(cancellationToken));
        }
        catch (DbException exception) when (DatabaseFailure.IsLostConnection(exception))
        {
            // What the pool still holds died with it.
            ForgetPool(connection);
            await connection.CloseAsync();
            await connection.OpenAsync(cancellationToken);
            return InterceptionResult<DbDataReader>.SuppressWithResult(await command.ExecuteReaderAsync(cancellationToken));
        }
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (command.Connection is { } connection && DatabaseFailure.IsLostConnection(eventData.Exception))
        {
            ForgetPool(connection);
        }

        return Task.CompletedTask;
    }

    private static void ForgetPool(DbConnection connection)
    {
        switch (connection)
        {
            case NpgsqlConnection postgres:
                NpgsqlConnection.ClearPool(postgres);
                break;
            case SqlConnection sql:
                SqlConnection.ClearPool(sql);
                break;
            default:
                break;
        }
    }
}
