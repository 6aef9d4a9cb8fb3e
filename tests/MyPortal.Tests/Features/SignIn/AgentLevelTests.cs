using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Card software that signs anything could stand in for our agent, so an agent seen for the first time is trusted less for a day.</summary>
public sealed class AgentLevelTests
{
    [Fact]
    public async Task The_agent_of_the_enrolment_is_trusted_from_the_start()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var browser = world.NewBrowser();

        await world.PassAsync(browser: browser);

        (await LevelAsync(world, browser)).ShouldBe(AssuranceLevel.CardWithPin);
    }

    [Theory, EveryDatabase]
    public async Task An_agent_seen_for_the_first_time_gives_the_lower_level_for_a_day(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var agent = world.NewAgent();
        var browser = world.NewBrowser();

        await world.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(world, browser)).ShouldBe(AssuranceLevel.Verified);
        (await browser.ReadAsync("/account")).ShouldContain("はじめての読み取りアプリ");

        world.Portal.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await world.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(world, browser)).ShouldBe(AssuranceLevel.Verified);

        world.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(world, browser)).ShouldBe(AssuranceLevel.CardWithPin);
    }

    [Fact]
    public async Task An_agent_that_one_person_knows_is_new_to_another()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var other = await TestCard.AnotherPersonsAsync();
        await world.PassAsync(Contracts.CardAgent.CardPurpose.Enrol, world.NewBrowser(), world.NewAgent(), other);
        var browser = world.NewBrowser();

        await world.PassAsync(browser: browser, agent: world.Agent, card: other);

        (await LevelAsync(world, browser)).ShouldBe(AssuranceLevel.Verified);
    }

    private static async Task<AssuranceLevel> LevelAsync(CardWorld world, TestBrowser browser) => (await world.ViewerOfAsync(browser)).ShouldNotBeNull().Level;
}
