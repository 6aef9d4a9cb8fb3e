using System.Security.Cryptography;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Sandbox.Organisations;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Hub;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Card software that signs anything could stand in for our agent, so an agent seen for the first time is trusted less for a day.</summary>
public sealed class AgentLevelTests
{
    [Fact]
    public async Task The_agent_of_the_enrolment_is_trusted_from_the_start()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();

        await fixture.PassAsync(browser: browser);

        (await LevelAsync(fixture, browser)).ShouldBe(AssuranceLevel.CardWithPin);
    }

    [Theory, EveryDatabase]
    public async Task An_agent_seen_for_the_first_time_gives_the_lower_level_for_a_day(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var agent = fixture.NewAgent();
        var browser = fixture.NewBrowser();

        await fixture.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(fixture, browser)).ShouldBe(AssuranceLevel.Verified);
        (await browser.ReadAsync("/account")).ShouldContain("はじめての読み取りアプリ");

        fixture.Portal.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await fixture.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(fixture, browser)).ShouldBe(AssuranceLevel.Verified);

        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.PassAsync(browser: browser, agent: agent);
        (await LevelAsync(fixture, browser)).ShouldBe(AssuranceLevel.CardWithPin);
    }

    [Fact]
    public async Task An_agent_that_one_person_knows_is_new_to_another()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var other = await TestCard.AnotherPersonsAsync();
        await fixture.PassAsync(Contracts.CardAgent.CardPurpose.Enrol, fixture.NewBrowser(), fixture.NewAgent(), other);
        var browser = fixture.NewBrowser();

        await fixture.PassAsync(browser: browser, agent: fixture.Agent, card: other);

        (await LevelAsync(fixture, browser)).ShouldBe(AssuranceLevel.Verified);
    }

    [Fact]
    public async Task What_was_shown_and_how_much_it_counts_for_travel_as_two_facts()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var agent = fixture.NewAgent();
        var browser = fixture.NewBrowser();
        LinkageCore? core = null;
        fixture.Portal.Hub.Interference = async (request, send) =>
        {
            core = request.RequestUri!.AbsolutePath is "/v1/linkages" ? (await HubForge.ReadAsync(request)).Core : core;
            return await send();
        };

        await fixture.PassAsync(browser: browser, agent: agent);
        var stranger = (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull();
        (stranger.Evidence, stranger.Level).ShouldBe((LoginEvidence.CardPin, AssuranceLevel.Verified));
        (await AskAsync(fixture, stranger, "log-self")).ShouldBe(QueryOutcome.Answered, "the row asks for level 2");
        (core!.Evidence, core.Level).ShouldBe(("card-pin", 2), "a card with PIN was shown, and it counts for less");

        core = null;
        (await AskAsync(fixture, stranger, HubFixture.CityTax)).ShouldBe(QueryOutcome.Denied, "the row asks for level 3");
        core.ShouldBeNull("nothing leaves the portal");

        fixture.Portal.Clock.Advance(KnownAgent.TrustDelay);
        await fixture.PassAsync(browser: browser, agent: agent);
        (await AskAsync(fixture, (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull(), HubFixture.CityTax)).ShouldBe(QueryOutcome.Answered);
        (core!.Evidence, core.Level).ShouldBe(("card-pin", 3));
    }

    [Fact]
    public async Task A_hub_refuses_what_the_portal_would_ask_in_the_first_day_of_an_agent()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var browser = fixture.NewBrowser();
        await fixture.PassAsync(browser: browser, agent: fixture.NewAgent());
        var viewer = (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull();
        var rows = (await fixture.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var question = await QuestionAsync(fixture, viewer, HubFixture.CityTax);
        var core = fixture.Portal.Get<QueryHolder>().CoreOf(viewer, question, Guid.NewGuid(), rows.Version, ephemeral.ExportSubjectPublicKeyInfo(), ephemeral);

        RowCheck.Refusal(rows, core, "portal").ShouldBe("LEVEL_TOO_LOW");
        RowCheck.Refusal(rows, core with { Level = null }, "portal").ShouldBeNull("an older requester is judged by the evidence alone");
    }

    private static async Task<QueryOutcome> AskAsync(CardFixture fixture, Viewer viewer, string row)
    {
        using var asked = await fixture.Portal.Get<QueryHolder>().ExecuteAsync(viewer, await QuestionAsync(fixture, viewer, row), CancellationToken.None);
        return asked.Outcome;
    }

    private static async Task<HolderQuery> QuestionAsync(CardFixture fixture, Viewer viewer, string row)
    {
        var link = (await fixture.Portal.Get<HubLinks>().OpenAsync(viewer, CancellationToken.None)).ShouldNotBeNull();
        var rows = (await fixture.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix.Rows;
        return new HolderQuery(link.HubCode, link.SubjectTag, rows.Single(found => found.RowId == row), "own-device");
    }

    private static async Task<AssuranceLevel> LevelAsync(CardFixture fixture, TestBrowser browser) => (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull().Level;
}
