using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Identity;

namespace MyPortal.Tests.Fixtures;

/// <summary>The guard is seen to find what it is there for, and to leave alone what harms nobody.</summary>
public sealed class ConnectionGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_second_context_within_a_transaction_is_refused_and_fails_the_test_even_when_it_was_caught(Engine engine)
    {
        var portal = await TestPortal.StartAsync(engine);
        var databases = portal.Get<IDbContextFactory<PortalDbContext>>();

        await Should.ThrowAsync<InvalidOperationException>(() => LockAndAskAsync(databases, CountAsync));

        portal.Connections.Findings.ShouldHaveSingleItem().StackTrace.ShouldNotBeNull().ShouldContain(nameof(CountAsync));
        await Should.ThrowAsync<AggregateException>(async () => await portal.DisposeAsync());
    }

    [Fact]
    public async Task So_is_a_context_made_before_the_transaction_and_one_made_after_a_wait()
    {
        var portal = await TestPortal.StartAsync();
        var databases = portal.Get<IDbContextFactory<PortalDbContext>>();
        await using var early = await databases.CreateDbContextAsync(Token);

        await Should.ThrowAsync<InvalidOperationException>(() => LockAndAskAsync(databases, _ => early.Set<Citizen>().CountAsync(Token)));
        await Should.ThrowAsync<InvalidOperationException>(() => LockAndAskAsync(databases, async given =>
        {
            await Task.Yield();
            return await CountAsync(given);
        }));

        portal.Connections.Findings.Count.ShouldBe(2);
        await Should.ThrowAsync<AggregateException>(async () => await portal.DisposeAsync());
    }

    [Fact]
    public async Task So_is_one_beside_rows_that_are_still_read()
    {
        var portal = await TestPortal.StartAsync();
        await portal.EnrolAsync();
        var databases = portal.Get<IDbContextFactory<PortalDbContext>>();
        await using var db = await databases.CreateDbContextAsync(Token);

        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in db.Set<Citizen>().AsAsyncEnumerable().WithCancellation(Token))
            {
                await CountAsync(databases);
            }
        });

        await Should.ThrowAsync<AggregateException>(async () => await portal.DisposeAsync());
    }

    [Fact]
    public async Task One_connection_after_the_other_and_two_flows_side_by_side_are_let_be()
    {
        await using var portal = await TestPortal.StartAsync();
        var databases = portal.Get<IDbContextFactory<PortalDbContext>>();
        await using var first = await databases.CreateDbContextAsync(Token);
        await first.Set<Citizen>().CountAsync(Token);
        await CountAsync(databases);
        await using (var work = await first.Database.BeginTransactionAsync(Token))
        {
            await first.Set<Citizen>().CountAsync(Token);
            await work.CommitAsync(Token);
        }

        await CountAsync(databases);
        var isLocked = new TaskCompletionSource();
        var isAsked = new TaskCompletionSource();
        var one = LockAndAskAsync(databases, async _ =>
        {
            isLocked.SetResult();
            await isAsked.Task;
            return 0;
        });
        await isLocked.Task;
        await CountAsync(databases);
        isAsked.SetResult();
        await one;
    }

    private static async Task<int> LockAndAskAsync(IDbContextFactory<PortalDbContext> databases, Func<IDbContextFactory<PortalDbContext>, Task<int>> ask)
    {
        await using var db = await databases.CreateDbContextAsync(Token);
        await using var work = await db.Database.BeginTransactionAsync(Token);
        return await ask(databases);
    }

    private static async Task<int> CountAsync(IDbContextFactory<PortalDbContext> databases)
    {
        await using var db = await databases.CreateDbContextAsync(Token);
        return await db.Set<Citizen>().CountAsync(Token);
    }
}
