using Microsoft.EntityFrameworkCore;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Identity;

public sealed class PurgeSessionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Old_sessions_go_and_each_persons_newest_stays_because_it_tells_what_is_new(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var citizen = await portal.EnrolAsync();
        await portal.SignInAsync(citizen);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await portal.SignInAsync(citizen);
        var alone = await portal.SignInAsync();
        portal.Clock.Advance(TimeSpan.FromDays(1));
        var newest = await portal.SignInAsync(citizen);
        var began = portal.Clock.GetUtcNow();
        portal.Clock.Advance(PurgeSessions.KeptFor - TimeSpan.FromHours(12));

        await portal.CleanAsync();
        (await IdsAsync(portal)).Count.ShouldBe(3, "the first of all had a next one ninety days ago");
        portal.Clock.Advance(TimeSpan.FromDays(1000));
        await portal.CleanAsync();

        (await IdsAsync(portal)).ShouldBe([newest.Viewer.Session, alone.Viewer.Session], ignoreOrder: true);
        (await portal.SignInAsync(citizen)).Viewer.NewSince.ShouldBe(began);
    }

    [Theory, EveryDatabase]
    public async Task An_agent_nobody_came_with_for_long_is_forgotten_and_one_in_use_is_not(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var citizen = await portal.EnrolAsync();
        var now = portal.Clock.Now();
        await using (var db = portal.OpenDatabase())
        {
            // More than a batch, all at one instant.
            db.AddRange(Enumerable.Range(0, 600).Select(number => KnownAgent.FirstSeen(citizen, BitConverter.GetBytes(number), now)));
            var used = KnownAgent.FirstSeen(citizen, [1], now);
            used.SeenAt(now.AddHours(1));
            used.LastSeenAt.ShouldBe(now, "a day is fine enough");
            used.SeenAt(now.AddDays(10));
            db.Add(used);
            await db.SaveChangesAsync(Token);
        }

        portal.Clock.Advance(PurgeAgents.KeptFor + TimeSpan.FromDays(5));
        await portal.CleanAsync();

        await using var after = portal.OpenDatabase();
        (await after.Set<KnownAgent>().SingleAsync(Token)).KeyHash.ShouldBe([1]);
    }

    [Theory, EveryDatabase]
    public async Task Agents_older_than_the_column_begin_their_time_with_the_first_cleaning(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        await portal.EnrolAsync();
        await using (var db = portal.OpenDatabase())
        {
            await db.Set<KnownAgent>().ExecuteUpdateAsync(set => set.SetProperty(agent => agent.LastSeenAt, (DateTimeOffset?)null), Token);
        }

        await portal.CleanAsync();
        portal.Clock.Advance(PurgeAgents.KeptFor - TimeSpan.FromDays(1));
        await portal.CleanAsync();

        await using var after = portal.OpenDatabase();
        (await after.Set<KnownAgent>().CountAsync(Token)).ShouldBe(1);
    }

    private static async Task<IReadOnlyList<SessionId>> IdsAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Set<Session>().Select(session => session.Id).ToListAsync(Token);
    }
}
