using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MyPortal.Tests.Features.Notices.Inbox;

/// <summary>
/// Every query that runs against one SQLite file while it is watched, with the number of rows that were read. Made before the portal
/// starts: the framework remembers for a while that nobody listens.
/// </summary>
internal sealed class DatabaseWork : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private string file = "";
    private readonly ConcurrentQueue<(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters, int Rows)> queries = new();
    private readonly List<IDisposable> subscriptions = [];

    public DatabaseWork() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Takes notice from now on.</summary>
    public void Watch(string databaseFile) => file = databaseFile;

    /// <summary>The queries that read a table.</summary>
    public IReadOnlyList<string> SqlOf(string table) => [.. queries.Select(query => query.Sql).Where(sql => sql.Contains($"\"{table}\"", StringComparison.Ordinal))];

    /// <summary>The queries that read a table, with their rows and the plan the database makes for them.</summary>
    public async Task<IReadOnlyList<(int Rows, string Plan)>> PlansOfAsync(string table)
    {
        var plans = new List<(int, string)>();
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        foreach (var (sql, parameters, rows) in queries.Where(query => query.Sql.Contains($"\"{table}\"", StringComparison.Ordinal)))
        {
            await using var explain = connection.CreateCommand();
#pragma warning disable CA2100 // The text is what the portal itself has just run.
            explain.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
            explain.Parameters.AddRange(parameters.Select(parameter => new SqliteParameter(parameter.Name, parameter.Value)));
            await using var reader = await explain.ExecuteReaderAsync();
            var steps = new List<string>();
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(3));
            }

            plans.Add((rows, string.Join("; ", steps)));
        }

        return plans;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is DataReaderDisposingEventData read && string.Equals(read.Command.Connection?.DataSource, file, StringComparison.Ordinal))
        {
            var parameters = read.Command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value)).ToList();
            // The last read says that there is no more.
            queries.Enqueue((read.Command.CommandText, parameters, read.ReadCount - 1));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
}
