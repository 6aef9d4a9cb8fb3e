using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;

namespace MyPortal.Tests.Fixtures;

public sealed class EveryDatabaseTests
{
    [Theory, EveryDatabase]
    public async Task A_fresh_database_has_every_table_and_no_row(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.CreateDbContext();

        (await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await db.Set<AuditSeal>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task Two_databases_of_one_engine_share_nothing(Engine engine)
    {
        await using var first = await TestDatabase.CreateAsync(engine);
        await using var second = await TestDatabase.CreateAsync(engine);
        await using (var db = first.CreateDbContext())
        {
            db.Add(AuditSeal.Of(1, DateTimeOffset.UnixEpoch, [1], [2], keyThumbprint: null));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var other = second.CreateDbContext();
        (await other.Set<AuditSeal>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }
}
