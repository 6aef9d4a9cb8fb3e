using System.Security.Cryptography;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Sandbox.Organisations;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;
using MyPortal.Tests.Hub;

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

    [Fact]
    public async Task What_was_shown_and_how_much_it_counts_for_travel_as_two_facts()
    {
        await using var world = await CardWorld.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var agent = world.NewAgent();
        var browser = world.NewBrowser();
        LinkageCore? core = null;
        world.Portal.Hub.Interference = async (request, send) =>
        {
            core = request.RequestUri!.AbsolutePath is "/v1/linkages" ? (await HubForge.ReadAsync(request)).Core : core;
            return await send();
        };

        await world.PassAsync(browser: browser, agent: agent);
        var stranger = (await world.ViewerOfAsync(browser)).ShouldNotBeNull();
        (stranger.Evidence, stranger.Level).ShouldBe((LoginEvidence.CardPin, AssuranceLevel.Verified));
        (await AskAsync(world, stranger, "log-self")).ShouldBe(AskOutcome.Answered, "the row asks for level 2");
        (core!.Evidence, core.Level).ShouldBe(("card-pin", 2), "a card with PIN was shown, and it counts for less");

        core = null;
        (await AskAsync(world, stranger, HubWorld.CityTax)).ShouldBe(AskOutcome.Denied, "the row asks for level 3");
        core.ShouldBeNull("nothing leaves the portal");

        world.Portal.Clock.Advance(KnownAgent.Probation);
        await world.PassAsync(browser: browser, agent: agent);
        (await AskAsync(world, (await world.ViewerOfAsync(browser)).ShouldNotBeNull(), HubWorld.CityTax)).ShouldBe(AskOutcome.Answered);
        (core!.Evidence, core.Level).ShouldBe(("card-pin", 3));
    }

    [Fact]
    public async Task A_hub_refuses_what_the_portal_would_ask_in_the_first_day_of_an_agent()
    {
        await using var world = await CardWorld.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var browser = world.NewBrowser();
        await world.PassAsync(browser: browser, agent: world.NewAgent());
        var viewer = (await world.ViewerOfAsync(browser)).ShouldNotBeNull();
        var rows = (await world.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var question = await QuestionAsync(world, viewer, HubWorld.CityTax);
        var core = world.Portal.Get<AskHolder>().CoreOf(viewer, question, Guid.NewGuid(), rows.Version, ephemeral.ExportSubjectPublicKeyInfo(), ephemeral);

        RowCheck.Refusal(rows, core, "portal").ShouldBe("LEVEL_TOO_LOW");
        RowCheck.Refusal(rows, core with { Level = null }, "portal").ShouldBeNull("an older requester is judged by the evidence alone");
    }

    private static async Task<AskOutcome> AskAsync(CardWorld world, Viewer viewer, string row)
    {
        using var asked = await world.Portal.Get<AskHolder>().ExecuteAsync(viewer, await QuestionAsync(world, viewer, row), CancellationToken.None);
        return asked.Outcome;
    }

    private static async Task<HolderQuestion> QuestionAsync(CardWorld world, Viewer viewer, string row)
    {
        var link = (await world.Portal.Get<OwnLinks>().OpenAsync(viewer, CancellationToken.None)).ShouldNotBeNull();
        var rows = (await world.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix.Rows;
        return new HolderQuestion(link.HubCode, link.SubjectTag, rows.Single(found => found.RowId == row), "own-device");
    }

    private static async Task<AssuranceLevel> LevelAsync(CardWorld world, TestBrowser browser) => (await world.ViewerOfAsync(browser)).ShouldNotBeNull().Level;
}
