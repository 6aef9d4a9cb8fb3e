using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders;

/// <summary>What a clock that jumps an hour does to senders: quotas let in as many as ever, tokens do not outlive their time, and nothing is taken twice.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, EveryDatabase]
    public async Task A_quota_that_was_used_up_has_room_again_when_the_clock_is_set_back(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.RegisterAsync(portal);
        MoveToNoon(portal);
        var quotas = portal.Get<ISenderQuotas>();
        var caller = new CallingSender(city.Id, IsPublic: true) { Quota = new SenderQuota(2, 100) };
        await TakeAsync(quotas, caller, 2);
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull().Error.ShouldBe(SenderErrors.MinuteUsedUp);

        portal.Clock.SetBack(Hour);
        await TakeAsync(quotas, caller, 2);
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull("the window counts as any other").Error.ShouldBe(SenderErrors.MinuteUsedUp);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(quotas, caller, 2);

        portal.Clock.Advance(Hour);
        await TakeAsync(quotas, caller, 2);
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull().Error.ShouldBe(SenderErrors.MinuteUsedUp);
    }

    [Fact]
    public async Task A_day_that_was_used_up_stays_so_after_a_jump_within_it_and_ends_with_the_day_of_the_clock()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.RegisterAsync(portal);
        MoveToNoon(portal);
        var quotas = portal.Get<ISenderQuotas>();
        var caller = new CallingSender(city.Id, IsPublic: true) { Quota = new SenderQuota(100, 3) };
        await TakeAsync(quotas, caller, 3);

        portal.Clock.SetBack(Hour);
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull().Error.ShouldBe(SenderErrors.DayUsedUp);
        portal.Clock.Advance(TimeSpan.FromHours(13.5));
        await TakeAsync(quotas, caller, 3);
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull().Error.ShouldBe(SenderErrors.DayUsedUp);
        portal.Clock.SetBack(Hour);

        await TakeAsync(quotas, caller, 3);
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_counts_into_the_window_the_others_began()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.RegisterAsync(portal);
        MoveToNoon(portal);
        var quotas = portal.Get<ISenderQuotas>();
        var caller = new CallingSender(city.Id, IsPublic: true) { Quota = new SenderQuota(2, 100) };
        await TakeAsync(quotas, caller, 1);
        portal.Clock.SetBack(TimeSpan.FromSeconds(30));
        await TakeAsync(quotas, caller, 1);

        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull("two nodes do not give two quotas");
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull();
    }

    [Theory, EveryDatabase]
    public async Task A_token_does_not_outlive_its_quarter_of_an_hour(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        portal.Clock.SetBack(Hour);

        (await StatusAsync(city)).ShouldBe(HttpStatusCode.Unauthorized);
        await portal.CleanAsync();
        portal.Clock.Advance(Hour);
        (await StatusAsync(city)).ShouldBe(HttpStatusCode.Unauthorized, "it was over and stays so");
        await city.SignInAsync();
        (await StatusAsync(city)).ShouldBe(HttpStatusCode.NotFound, "with a new one it goes on: there is no such notice");
    }

    [Fact]
    public async Task An_assertion_is_taken_once_even_when_the_clock_was_an_hour_ahead_for_a_while()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.RegisterAsync(portal);
        var assertion = TestAssertion.For(city, portal.Clock.GetUtcNow()).SignWith(city.Key);
        using var first = await city.AskTokenAsync(assertion);
        portal.Clock.Advance(Hour);
        await portal.CleanAsync();
        portal.Clock.SetBack(Hour);

        using var again = await city.AskTokenAsync(assertion);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(SenderErrors.Replayed.Code);
        portal.Clock.Advance(2 * Hour);
        await portal.CleanAsync();
        await using var db = portal.OpenDatabase();
        (await db.Set<UsedAssertion>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    private static void MoveToNoon(TestPortal portal)
    {
        // Noon in Japan, at the beginning of a minute: no window ends by chance while a test counts.
        var now = portal.Clock.GetUtcNow();
        portal.Clock.Advance(now.Date.AddDays(1).AddHours(3) - now.UtcDateTime);
    }

    private static async Task TakeAsync(ISenderQuotas quotas, CallingSender caller, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldBeNull($"place {i + 1} of {times}");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(TestSender sender)
    {
        using var answer = await sender.Http.GetAsync($"/api/v1/notices/{Guid.Empty}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
