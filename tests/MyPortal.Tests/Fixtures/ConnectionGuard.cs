using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyPortal.Data;
using MyPortal.Data.PostgreSql;
using MyPortal.Data.Sqlite;
using MyPortal.Data.SqlServer;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// Finds whoever opens a connection while a context made further up in the same asynchronous flow holds another one. With a pool that
/// is used up, such flows wait for each other until the pool's patience ends. Every portal under test is guarded. A context that a method
/// makes and hands back to its caller is not seen.
/// </summary>
internal sealed class ConnectionGuard : DbConnectionInterceptor
{
    // An asynchronous method hands what it sets to those it calls and takes it back at its end: the contexts in here are its own and its callers'.
    private readonly AsyncLocal<IReadOnlyList<LentContext>?> flow = new();
    private readonly ConcurrentQueue<Exception> findings = [];

    public IReadOnlyCollection<Exception> Findings => findings;

    /// <summary>Fails when there was anything, also what the portal caught and lived on with.</summary>
    public void Verify()
    {
        if (!findings.IsEmpty)
        {
            throw new AggregateException("Connections were opened while the same flow held another one.", findings);
        }
    }

    public void Watch(IServiceCollection services)
    {
        services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<PostgreSqlPortalDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<SqlServerPortalDbContext>(options => options.AddInterceptors(this));
        var portals = services.Single(service => service.ServiceType == typeof(IDbContextFactory<PortalDbContext>));
        services.Replace(ServiceDescriptor.Singleton<IDbContextFactory<PortalDbContext>>(provider =>
            new WatchedContexts((IDbContextFactory<PortalDbContext>)ActivatorUtilities.CreateInstance(provider, portals.ImplementationType!), this)));
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        RefuseSecond(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        RefuseSecond(eventData.Context);
        return ValueTask.FromResult(result);
    }

    // Not asynchronous: what it sets has to reach its caller.
    private PortalDbContext Lend(PortalDbContext context)
    {
        flow.Value = [.. (flow.Value ?? []).Where(lent => lent.IsLent), new LentContext(context, context.ContextId)];
        return context;
    }

    private void RefuseSecond(DbContext? opening)
    {
        if ((flow.Value ?? []).Any(lent => !ReferenceEquals(lent.Context, opening) && lent.HoldsConnection))
        {
            var finding = new InvalidOperationException("A connection is opened while the same flow holds another one; read in the caller's context instead.");
            findings.Enqueue(finding);
            throw finding;
        }
    }

    private sealed record LentContext(PortalDbContext Context, DbContextId Lease)
    {
        public bool IsLent
        {
            get
            {
                try
                {
                    return Context.Database is not null && Context.ContextId == Lease;
                }
                catch (ObjectDisposedException)
                {
                    return false;
                }
            }
        }

        public bool HoldsConnection
        {
            get
            {
                try
                {
                    // The lease is looked at last: in between, the context may have come back and gone to somebody else.
                    return Context.Database.GetDbConnection().State is not ConnectionState.Closed && Context.ContextId == Lease;
                }
                catch (ObjectDisposedException)
                {
                    return false;
                }
            }
        }
    }

    private sealed class WatchedContexts(IDbContextFactory<PortalDbContext> factory, ConnectionGuard guard) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => guard.Lend(factory.CreateDbContext());

        public Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => Task.FromResult(CreateDbContext());
    }
}
