using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MyPortal.Data;

namespace MyPortal.Benchmarks;

/// <summary>What B4 is compared with: an endpoint that asks nobody who they are and inserts one row of the size of the body, on the same engine with the same settings.</summary>
internal static class BareInsert
{
    public const string Word = "bare";

    public static async Task RunAsync(string folder, string[] arguments)
    {
        Directory.CreateDirectory(folder);
        var connection = DatabaseEngines.SqliteIn(folder);

        // Any context sets the journal as the portal's database has it.
        await using (var db = DatabaseEngine.Sqlite.CreateContext(connection))
        {
            await db.Database.EnsureCreatedAsync();
        }

        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS Rows (Id INTEGER PRIMARY KEY, Body BLOB NOT NULL)", body: null);
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet("/", () => "ready");
        app.MapPost("/rows", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await ExecuteAsync(connection, "INSERT INTO Rows (Body) VALUES ($body)", body.ToArray());
            return Results.StatusCode(StatusCodes.Status201Created);
        });
        await app.RunAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql, byte[]? body)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        BusyTimeoutInterceptor.Grant(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (body is not null)
        {
            command.Parameters.AddWithValue("$body", body);
        }

        await command.ExecuteNonQueryAsync();
    }
}
