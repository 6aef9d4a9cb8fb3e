using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// What a portal has asked its database so far, on every engine, so that a test can wait until others stand where it wants them. Made
/// before the portal starts: the framework remembers for a while that nobody listens.
/// </summary>
internal sealed class DatabaseWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<string> read = new();
    private readonly List<IDisposable> subscriptions = [];
    private (string Place, string Name)? watched;
    private int transactions;
    private (string Verb, string Table, Gate Gate)? stop;

    public DatabaseWatch() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Transactions that were asked for, also those that still wait for their turn.</summary>
    public int TransactionsAsked => Volatile.Read(ref transactions);

    /// <summary>Takes notice from now on.</summary>
    public void Watch(TestPortal portal)
    {
        using var db = portal.OpenDatabase();
        var connection = db.Database.GetDbConnection();
        watched = (connection.DataSource, connection.Database);
    }

    /// <summary>Queries of a table that have been answered.</summary>
    public int ReadsOf(string table) => read.Count(sql => sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal) || sql.Contains($"FROM [{table}]", StringComparison.Ordinal));

    /// <summary>Lets whoever runs such a statement stand still behind it: it has its locks, and nothing is committed.</summary>
    public void StopBehind(string verb, string table, Gate gate) => stop = (verb, table, gate);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is DataReaderDisposingEventData disposing && IsWatched(disposing.Command.Connection))
        {
            read.Enqueue(disposing.Command.CommandText);
        }
        else if (value.Value is CommandExecutedEventData executed && IsWatched(executed.Command.Connection) && stop is var (verb, table, gate)
            && executed.Command.CommandText.Contains(verb, StringComparison.Ordinal) && Names(executed.Command.CommandText, table))
        {
            gate.Pass();
        }
        else if (value.Value is TransactionStartingEventData { Context: { } context } && IsWatched(context.Database.GetDbConnection()))
        {
            Interlocked.Increment(ref transactions);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());

    private static bool Names(string sql, string table) => sql.Contains($"\"{table}\"", StringComparison.Ordinal) || sql.Contains($"[{table}]", StringComparison.Ordinal);

    private bool IsWatched(DbConnection? connection) => watched is var (place, name) && connection is not null
        && string.Equals(connection.DataSource, place, StringComparison.Ordinal) && string.Equals(connection.Database, name, StringComparison.Ordinal);
}
