using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>A running session is confirmed by a fresh card with PIN of the same person, in the same browser, and in no other way.</summary>
public sealed class StepUpTests
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    [Theory, EveryDatabase]
    public async Task The_session_goes_on_with_a_fresh_card_and_a_new_token(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var before = await ViewerAsync(world);
        var token = world.Browser.SessionToken.ShouldNotBeNull();
        world.Portal.Clock.Advance(Later);

        (await world.PassAsync(CardPurpose.StepUp)).ShouldBe("/");

        var after = await ViewerAsync(world);
        after.Session.ShouldBe(before.Session);
        after.LastCardAt.ShouldBe(before.LastCardAt + Later);
        world.Browser.SessionToken.ShouldNotBe(token, StringComparer.Ordinal);
        (await world.Portal.Get<Sessions>().FindAsync(token, CancellationToken.None)).ShouldBeNull("a token that was stolen before is worth nothing now");
        (await EventsAsync(world, before.Citizen)).ShouldBe([AccessEvent.CardAsked, AccessEvent.SteppedUp]);
    }

    [Theory]
    [InlineData("/step-up?return=/account/devices", "/account/devices")]
    [InlineData("/step-up?return=//evil.example/x", "/")]
    [InlineData("/step-up?return=https://evil.example/x", "/")]
    public async Task Afterwards_the_person_is_where_the_page_said_and_never_at_another_site(string page, string expected)
    {
        await using var world = await CardWorld.EnrolledAsync();
        var location = (await world.Browser.SubmitAsync(page, "/step-up/card/start")).ShouldNotBeNull();
        var visit = await world.FetchAsync(await world.Browser.ReachAsync(CardPurpose.StepUp, location));
        var answer = await visit.AnswerAsync(world.Card);

        (await world.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_document_names_the_session_without_giving_it_away()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var viewer = await ViewerAsync(world);

        var visit = await world.FetchAsync(CardPurpose.StepUp);

        var document = JsonSerializer.Deserialize<CardDocument>(visit.Document, ContractJson.Options).ShouldNotBeNull();
        (document.Purpose, document.Level, document.Certificates).ShouldBe((CardPurpose.StepUp, 3, document.Certificates));
        document.Certificates.ShouldBe([CertificateKind.Authentication]);
        document.Subject.ShouldNotBeNull().Length.ShouldBe(64);
        System.Text.Encoding.UTF8.GetString(visit.Document).ShouldNotContain(viewer.Session.ToString());
        System.Text.Encoding.UTF8.GetString(visit.Document).ShouldNotContain(viewer.Citizen.ToString());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Another_persons_card_is_refused_and_ends_the_session(bool hasEnrolled)
    {
        await using var world = await CardWorld.EnrolledAsync();
        var other = await TestCard.AnotherPersonsAsync();
        if (hasEnrolled)
        {
            await world.PassAsync(CardPurpose.Enrol, world.NewBrowser(), world.NewAgent(), other);
        }

        var viewer = await ViewerAsync(world);
        var visit = await world.FetchAsync(CardPurpose.StepUp);

        var answer = await visit.AnswerAsync(other);

        answer.Refusal.ShouldBe("card.other-person");
        (await world.ViewerOfAsync(world.Browser)).ShouldBeNull();
        (await world.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.other-person"]);
        await using var db = world.Portal.OpenDatabase();
        var ended = await db.Set<Session>().SingleAsync(session => session.Id == viewer.Session, TestContext.Current.CancellationToken);
        ended.EndReason.ShouldBe(SessionEnd.OtherPersonsCard);
        (await world.Browser.ReadAsync("/login/problem/card.other-person")).ShouldContain("ちがう人のカード");
    }

    [Fact]
    public async Task A_code_in_the_right_browser_but_another_session_does_nothing()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var visit = await world.FetchAsync(CardPurpose.StepUp);
        var answer = await visit.AnswerAsync(world.Card);
        var other = await world.Portal.SignInAsync((await ViewerAsync(world)).Citizen, AssuranceLevel.Verified);
        world.Browser.SetCookie("session", other.Browser.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1]);

        (await world.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.other-browser?for=step-up");

        (await ViewerAsync(world)).Level.ShouldBe(AssuranceLevel.Verified);
    }

    [Fact]
    public async Task A_code_works_once_and_not_after_the_session_ended()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var visit = await world.FetchAsync(CardPurpose.StepUp);
        var answer = await visit.AnswerAsync(world.Card);
        (await world.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/");
        (await world.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.transaction-over?for=step-up");

        var second = await world.FetchAsync(CardPurpose.StepUp);
        var late = await second.AnswerAsync(world.Card);
        var viewer = await ViewerAsync(world);
        await world.Portal.Get<Sessions>().EndAsync(viewer, viewer.Session, SessionEnd.LoggedOut, TestContext.Current.CancellationToken);

        (await world.Browser.CompleteAsync(late.CompletionCode)).ShouldBe("/login/problem/card.other-browser?for=step-up");
        (await world.ViewerOfAsync(world.Browser)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_after_three_minutes_is_refused()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var visit = await world.FetchAsync(CardPurpose.StepUp);
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(180));

        (await visit.AnswerAsync(world.Card)).Refusal.ShouldBe("card.transaction-over");
    }

    [Fact]
    public async Task An_agent_seen_for_the_first_time_does_not_make_the_card_fresh()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var before = await ViewerAsync(world);
        world.Portal.Clock.Advance(Later);

        await world.PassAsync(CardPurpose.StepUp, agent: world.NewAgent());

        (await ViewerAsync(world)).LastCardAt.ShouldBe(before.LastCardAt);
    }

    [Theory]
    [InlineData(AssuranceLevel.CardWithPin, 14, true)]
    [InlineData(AssuranceLevel.CardWithPin, 15, false)]
    [InlineData(AssuranceLevel.Verified, 0, false)]
    public void A_card_is_fresh_for_fifteen_minutes_and_only_at_the_level_of_a_card(object level, int minutes, bool expected)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);

        new RequiresFreshCardAttribute().IsMetBy((AssuranceLevel)level, now.AddMinutes(-minutes), now).ShouldBe(expected);
        new RequiresFreshCardAttribute().IsMetBy((AssuranceLevel)level, null, now).ShouldBeFalse();
    }

    private static async Task<Viewer> ViewerAsync(CardWorld world) => (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull();

    private static async Task<List<AccessEvent>> EventsAsync(CardWorld world, CitizenId citizen)
    {
        await using var db = world.Portal.OpenDatabase();
        return await db.Set<AccessRecord>().Where(record => record.Subject == citizen && (record.Event == AccessEvent.CardAsked || record.Event == AccessEvent.SteppedUp))
            .OrderBy(record => record.At).Select(record => record.Event).ToListAsync();
    }
}
