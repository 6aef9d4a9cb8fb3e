using MyPortal.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(DatabaseServers))]

namespace MyPortal.Tests.Fixtures;

/// <summary>Removes at the end of the run what tests started lazily.</summary>
public sealed class DatabaseServers : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        SqliteTemplate.Remove();
        await PostgreSqlCluster.StopAsync();
    }
}
