using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Data;
using MyPortal.Data.Sqlite;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

/// <summary>Every table has an owner that cleans it, or docs/operations.md says why it stays.</summary>
public sealed partial class TableKeepingTests
{
    [Fact]
    public async Task Every_table_has_a_cleaner_or_a_reason_and_the_document_names_it()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var db = portal.OpenDatabase();
        var cleaners = portal.Services.GetServices<ITableCleaner>()
            .SelectMany(cleaner => cleaner.Tables.Select(table => (Table: db.Model.FindEntityType(table)!.GetTableName()!, Cleaner: cleaner.GetType().Name)))
            .ToLookup(found => found.Table, found => found.Cleaner, StringComparer.Ordinal);
        var rows = Documented().ToList();

        rows.Select(row => row.Table).Order(StringComparer.Ordinal).ShouldBe(
            db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            "docs/operations.md, section 'What is kept, and for how long', has one row for each table");
        foreach (var (table, kept, by) in rows)
        {
            by.ShouldBe(cleaners[table].FirstOrDefault() ?? "", $"who cleans {table}");
            kept.Length.ShouldBeGreaterThan(10, table);
            kept.StartsWith("stays", StringComparison.Ordinal).ShouldBe(by.Length is 0, $"{table}: a table stays for a reason, or somebody cleans it");
        }
    }

    [Fact]
    public async Task Cleaning_costs_what_is_deleted_and_never_what_is_there()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        var statements = new Statements();
        var options = new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(database.ConnectionString).AddInterceptors(statements).Options;
        foreach (var cleaner in portal.Services.GetServices<ITableCleaner>())
        {
            await using var db = new SqlitePortalDbContext(options);
            await cleaner.CleanAsync(db, portal.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        var plans = await statements.PlansAsync(database.ConnectionString);
        plans.Count.ShouldBeGreaterThan(15);
        plans.Where(WalksATable).ShouldBeEmpty("each statement finds its rows by an index");
    }

    [Theory]
    [InlineData("SCAN s", true), InlineData("SCAN s USING COVERING INDEX IX_Sessions_LastSeenAt", true), InlineData("SEARCH s USING INDEX IX_Sessions_SupersededAt (SupersededAt<?)", false)]
    [InlineData("MATERIALIZE k0; SEARCH k1 USING INDEX IX_KnownAgents_LastSeenAt (LastSeenAt=?); SCAN k0; SEARCH k USING PRIMARY KEY", false)]
    public void A_statement_that_walks_a_table_is_found(string plan, bool walks) => WalksATable(plan).ShouldBe(walks);

    private static IEnumerable<(string Table, string Kept, string By)> Documented()
    {
        var section = File.ReadAllText(RepositoryFiles.At("docs", "operations.md")).Split("## What is kept, and for how long")[1].Split("\n## ")[0];
        return Row.Matches(section).Select(match => (match.Groups["table"].Value, match.Groups["kept"].Value, match.Groups["by"].Value.Trim('`')));
    }

    [GeneratedRegex(@"^\| `(?<table>\w+)` \| (?<kept>[^|]+?) \| (?<by>`\w+`)? ?\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    private static bool WalksATable(string plan)
    {
        // What a subquery found may be walked: it is a batch at most.
        var found = Subquery.Matches(plan).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return Scan.Matches(plan).Any(match => !found.Contains(match.Groups["name"].Value));
    }

    [GeneratedRegex(@"\b(MATERIALIZE|CO-ROUTINE) (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subquery { get; }

    [GeneratedRegex(@"\bSCAN (?!CONSTANT ROW)(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scan { get; }

    /// <summary>Every statement that a context sends.</summary>
    private sealed class Statements : DbCommandInterceptor
    {
        private readonly List<(string Text, IReadOnlyList<SqliteParameter> Parameters)> sent = [];

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Keep(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Keep(command);
            return new(result);
        }

        public async Task<IReadOnlyList<string>> PlansAsync(string connectionString)
        {
            var plans = new List<string>();
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync();
            foreach (var (text, parameters) in sent)
            {
                await using var explain = connection.CreateCommand();
#pragma warning disable CA2100 // The text is what the cleaner itself has just sent.
                explain.CommandText = "EXPLAIN QUERY PLAN " + text;
#pragma warning restore CA2100
                explain.Parameters.AddRange(parameters);
                await using var reader = await explain.ExecuteReaderAsync();
                var steps = new List<string>();
                while (await reader.ReadAsync())
                {
                    steps.Add(reader.GetString(3));
                }

                plans.Add(string.Join("; ", steps));
            }

            return plans;
        }

        private void Keep(DbCommand command) =>
            sent.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => new SqliteParameter(parameter.ParameterName, parameter.Value))]));
    }
}
