using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MyPortal.Data.PostgreSql;
using MyPortal.Data.Sqlite;
using MyPortal.Data.SqlServer;

namespace MyPortal.Data;

/// <summary>The three engines and what differs between them when a context is made.</summary>
internal enum DatabaseEngine
{
    Sqlite,
    SqlServer,
    PostgreSql,
}

internal static class DatabaseEngines
{
    public static PortalDbContext CreateContext(this DatabaseEngine engine, string connectionString) => engine switch
    {
        DatabaseEngine.Sqlite => new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(connectionString).AddInterceptors(BusyTimeoutInterceptor.Instance, CommitInterceptor.Instance).Options),
        DatabaseEngine.SqlServer => new SqlServerPortalDbContext(new DbContextOptionsBuilder<SqlServerPortalDbContext>().UseSqlServer(connectionString).AddInterceptors(TransientFaults.Instance, CommitInterceptor.Instance).Options),
        DatabaseEngine.PostgreSql => new PostgreSqlPortalDbContext(new DbContextOptionsBuilder<PostgreSqlPortalDbContext>().UseNpgsql(connectionString).AddInterceptors(TransientFaults.Instance, CommitInterceptor.Instance).Options),
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    public static void AddPortalDatabase(this IServiceCollection services, DatabaseEngine engine, string connectionString)
    {
        switch (engine)
        {
            case DatabaseEngine.Sqlite:
                services.AddEngine<SqlitePortalDbContext>(options => options.UseSqlite(connectionString).AddInterceptors(BusyTimeoutInterceptor.Instance, CommitInterceptor.Instance));
                break;
            case DatabaseEngine.SqlServer:
                services.AddEngine<SqlServerPortalDbContext>(options => options.UseSqlServer(connectionString).AddInterceptors(TransientFaults.Instance, CommitInterceptor.Instance));
                break;
            case DatabaseEngine.PostgreSql:
                services.AddEngine<PostgreSqlPortalDbContext>(options => options.UseNpgsql(connectionString).AddInterceptors(TransientFaults.Instance, CommitInterceptor.Instance));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(engine));
        }
    }

    /// <summary>Connection string of the embedded database in a folder. Writers queue for up to 30 seconds instead of failing at once.</summary>
    public static string SqliteIn(string folder) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "portal.db"),
        ForeignKeys = true,
        DefaultTimeout = BusyTimeoutInterceptor.Seconds,
    }.ToString();

    private static void AddEngine<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : PortalDbContext
    {
        services.AddPooledDbContextFactory<TContext>(options => configure(options.ConfigureWarnings(LeaveTroubleToTheCaller)));
        services.AddSingleton<IDbContextFactory<PortalDbContext>, ContextFactory<TContext>>();
    }

    // The framework logs every failed statement as an error, also the refusals that are asked for: of two who write one key at the same
    // moment the database lets one through, and the other goes on in its own way. What nobody expects travels as an exception to the
    // edge and is logged there.
    private static void LeaveTroubleToTheCaller(WarningsConfigurationBuilder warnings) =>
        warnings.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug));

    private sealed class ContextFactory<TContext>(IDbContextFactory<TContext> engine) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => engine.CreateDbContext();
    }
}
