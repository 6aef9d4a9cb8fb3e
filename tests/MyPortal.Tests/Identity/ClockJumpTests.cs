using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Identity;

/// <summary>What a clock that jumps an hour does to sessions: none outlives its limits, and whoever signs in anew goes on as ever.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, EveryDatabase]
    public async Task A_session_is_over_when_the_clock_is_set_back_and_stays_so_when_it_has_caught_up(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var hanako = await portal.SignInAsync();
        portal.Clock.SetBack(Hour);

        (await IsSignedInAsync(hanako)).ShouldBeFalse("how long it was unused nobody knows");
        await portal.CleanAsync();
        portal.Clock.Advance(Hour);

        (await IsSignedInAsync(hanako)).ShouldBeFalse("an hour has gone by without a request");
        await using var db = portal.OpenDatabase();
        (await db.Set<Session>().SingleAsync(TestContext.Current.CancellationToken)).EndReason.ShouldBe(SessionEnd.ClockSetBack);
    }

    [Fact]
    public async Task Clocks_of_nodes_that_differ_by_a_minute_end_no_session()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        portal.Clock.SetBack(TimeSpan.FromMinutes(1));
        await portal.CleanAsync();

        (await IsSignedInAsync(hanako)).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_clock_was_set_back_a_person_signs_in_and_sees_what_comes_from_then_on_as_new()
    {
        await using var portal = await TestPortal.StartAsync();
        var first = await portal.SignInAsync();
        portal.Clock.SetBack(Hour);
        var corrected = portal.Clock.GetUtcNow();

        var second = await portal.SignInAsync(first.Citizen);

        second.Viewer.NewSince.ShouldBe(corrected);
        (await IsSignedInAsync(second)).ShouldBeTrue();
        portal.Clock.Advance(Session.IdleLimit);
        (await IsSignedInAsync(second)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_was_ahead_for_a_while_leaves_the_limits_of_later_sessions_as_they_are()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Clock.Advance(Hour);
        var early = await portal.SignInAsync();
        portal.Clock.SetBack(Hour);
        var later = await portal.SignInAsync(early.Citizen);

        (await IsSignedInAsync(early)).ShouldBeFalse();
        portal.Clock.Advance(Session.IdleLimit - TimeSpan.FromSeconds(1));
        (await IsSignedInAsync(later)).ShouldBeTrue();
        portal.Clock.Advance(Session.IdleLimit);
        (await IsSignedInAsync(later)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-60, false), InlineData(-2, false), InlineData(-1, true), InlineData(0, true), InlineData(14, true), InlineData(15, false), InlineData(60, false)]
    public void A_card_that_was_shown_at_an_instant_still_to_come_is_not_fresh(int minutesAgo, bool isFresh)
    {
        var now = new DateTimeOffset(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

        new RequiresFreshCardAttribute().IsMetBy(AssuranceLevel.CardWithPin, now.AddMinutes(-minutesAgo), now).ShouldBe(isFresh);
    }

    private static async Task<bool> IsSignedInAsync(SignedIn who)
    {
        using var answer = await who.Browser.GetAsync("/account", TestContext.Current.CancellationToken);
        return answer.StatusCode is HttpStatusCode.OK;
    }
}
