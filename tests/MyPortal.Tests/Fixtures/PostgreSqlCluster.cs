using System.ComponentModel;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using Npgsql;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// A private PostgreSQL: own folder, unix socket only, started by the first test that asks and gone with the test process, even
/// when that is killed.
/// </summary>
internal sealed class PostgreSqlCluster : IAsyncDisposable
{
    private const string Template = "portal_template";

    // A socket address holds about 100 bytes; deeper temporary folders than this do not fit.
    private const int LongestFolder = 80;
    private static readonly Lazy<Task<PostgreSqlCluster>> Shared = new(StartAsync);
    private readonly string folder;
    private readonly Process server;

    private PostgreSqlCluster(string folder, Process server)
    {
        this.folder = folder;
        this.server = server;
    }

    /// <summary>Folder of initdb and postgres, newest version first; null where PostgreSQL is not installed.</summary>
    public static string? Programs { get; } = FindPrograms();

    public static Task<PostgreSqlCluster> StartedAsync() => Shared.Value;

    public static async Task StopAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    public async Task<(string Name, string ConnectionString)> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return (name, Connection(name, pooling: true));
    }

    public async Task<(string Name, string ConnectionString)> CreateEmptyDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return (name, Connection(name, pooling: true));
    }

    /// <summary>Ends every connection to a database, as a server does that restarts.</summary>
    public Task CutConnectionsAsync(string database) =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()");

    /// <summary>Backs a database up as docs/operations.md says.</summary>
    public Task DumpAsync(string connectionString, string file) =>
        RunAsync(Path.Combine(Programs!, "pg_dump"), "-h", folder, "-U", "postgres", "--format=custom", "--no-owner", $"--file={file}", new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>Makes a database from a backup as docs/operations.md says.</summary>
    public async Task<(string Name, string ConnectionString)> RestoreAsync(string file)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        await RunAsync(Path.Combine(Programs!, "pg_restore"), "-h", folder, "-U", "postgres", "--no-owner", "--exit-on-error", "--single-transaction", $"--dbname={name}", file);
        return (name, Connection(name, pooling: true));
    }

    public async Task DropDatabaseAsync(string name)
    {
        await using (var pooled = new NpgsqlConnection(Connection(name, pooling: true)))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<PostgreSqlCluster> StartAsync()
    {
        if (Programs is null)
        {
            throw new InvalidOperationException("PostgreSQL is not installed, and this run must not go without it; on Debian: apt-get install postgresql");
        }

        var temporary = Path.GetTempPath().Length > LongestFolder ? "/tmp" : Path.GetTempPath();
        var home = Path.Combine(temporary, $"myportal-pg-{Guid.NewGuid():N}"[..20]);
        PrivateFolder.Create(home);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", home);
        }

        await RunAsync([.. AsServerUser, Path.Combine(Programs, "initdb"), "-D", $"{home}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale"]);

        // The shell holds our end of the pipe: when we close it, or die, the server stops too.
        var cluster = new PostgreSqlCluster(home, Start(
            [.. AsServerUser, "sh", "-c", "\"$@\" & server=$!; cat > /dev/null; kill -INT $server; wait $server", "sh",
             Path.Combine(Programs, "postgres"), "-D", $"{home}/data", "-k", home, "-c", "listen_addresses=", "-c", "fsync=off",
             "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal"]));
        await cluster.AnswersAsync();
        await cluster.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var db = DatabaseEngine.PostgreSql.CreateContext(cluster.Connection(Template, pooling: false));
        await db.Database.MigrateAsync();
        return cluster;
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsServerUser => Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];

    private Task AnswersAsync() => Wait.UntilAsync(async () =>
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException) when (!server.HasExited)
        {
            // Still starting.
            return false;
        }
    });

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string Connection(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = folder,
        Username = "postgres",
        Database = database,
        Pooling = pooling,
        MaxPoolSize = 20,
    }.ToString();

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {output}");
        }
    }

    private static Process Start(string[] command)
    {
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        info.Environment["LC_ALL"] = "C";
        return Process.Start(info) ?? throw new Win32Exception($"{command[0]} did not start.");
    }

    private static string? FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return debian.OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

        static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
    }
}
