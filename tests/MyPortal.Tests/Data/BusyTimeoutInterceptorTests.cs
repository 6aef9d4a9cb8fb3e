using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

public sealed class BusyTimeoutInterceptorTests
{
    [Fact]
    public async Task Writers_of_the_embedded_database_queue_inside_it_at_every_opening()
    {
        await using var portal = await TestPortal.StartAsync();
        var factory = portal.Get<IDbContextFactory<PortalDbContext>>();

        for (var opening = 0; opening < 2; opening++)
        {
            await using var asynchronously = await factory.CreateDbContextAsync(TestContext.Current.CancellationToken);
            (await asynchronously.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync(TestContext.Current.CancellationToken)).ShouldBe(30_000);
            using var synchronously = factory.CreateDbContext();
            synchronously.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").AsEnumerable().Single().ShouldBe(30_000);
        }
    }
}
