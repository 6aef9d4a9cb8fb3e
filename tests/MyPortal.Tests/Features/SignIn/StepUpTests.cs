using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>A running session is confirmed by a fresh card with PIN of the same person, in the same browser, and in no other way.</summary>
public sealed class StepUpTests
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    [Theory, EveryDatabase]
    public async Task The_session_goes_on_with_a_fresh_card_and_a_new_token(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var before = await ViewerAsync(fixture);
        var token = fixture.Browser.SessionToken.ShouldNotBeNull();
        fixture.Portal.Clock.Advance(Later);

        (await fixture.PassAsync(CardPurpose.StepUp)).ShouldBe("/");

        var after = await ViewerAsync(fixture);
        after.Session.ShouldBe(before.Session);
        after.LastCardAt.ShouldBe(before.LastCardAt + Later);
        fixture.Browser.SessionToken.ShouldNotBe(token, StringComparer.Ordinal);
        (await fixture.Portal.Get<Sessions>().FindAsync(token, CancellationToken.None)).ShouldBeNull("a token that was stolen before is worth nothing now");
        (await EventsAsync(fixture, before.Citizen)).ShouldBe([AccessEvent.CardAsked, AccessEvent.SteppedUp]);
    }

    [Theory]
    [InlineData("/step-up?return=/account/devices", "/account/devices")]
    [InlineData("/step-up?return=//evil.example/x", "/")]
    [InlineData("/step-up?return=https://evil.example/x", "/")]
    public async Task Afterwards_the_person_is_where_the_page_said_and_never_at_another_site(string page, string expected)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var location = (await fixture.Browser.SubmitAsync(page, "/step-up/card/start")).ShouldNotBeNull();
        var visit = await fixture.FetchAsync(await fixture.Browser.ReachAsync(CardPurpose.StepUp, location));
        var answer = await visit.AnswerAsync(fixture.Card);

        (await fixture.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_document_names_the_session_without_giving_it_away()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var viewer = await ViewerAsync(fixture);

        var visit = await fixture.FetchAsync(CardPurpose.StepUp);

        var document = JsonSerializer.Deserialize<CardDocument>(visit.Document, ContractJson.Options).ShouldNotBeNull();
        (document.Purpose, document.Level, document.Certificates).ShouldBe((CardPurpose.StepUp, 3, document.Certificates));
        document.Certificates.ShouldBe([CertificateKind.Authentication]);
        document.Subject.ShouldNotBeNull().Length.ShouldBe(64);
        System.Text.Encoding.UTF8.GetString(visit.Document).ShouldNotContain(viewer.Session.ToString());
        System.Text.Encoding.UTF8.GetString(visit.Document).ShouldNotContain(viewer.Citizen.ToString());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    [Requirement(20)]
    public async Task Another_persons_card_is_refused_and_ends_the_session(bool hasEnrolled)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var other = await TestCard.AnotherPersonsAsync();
        if (hasEnrolled)
        {
            await fixture.PassAsync(CardPurpose.Enrol, fixture.NewBrowser(), fixture.NewAgent(), other);
        }

        var viewer = await ViewerAsync(fixture);
        var visit = await fixture.FetchAsync(CardPurpose.StepUp);

        var answer = await visit.AnswerAsync(other);

        answer.Refusal.ShouldBe("card.other-person");
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldBeNull();
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.other-person"]);
        await using var db = fixture.Portal.OpenDatabase();
        var ended = await db.Set<Session>().SingleAsync(session => session.Id == viewer.Session, TestContext.Current.CancellationToken);
        ended.EndReason.ShouldBe(SessionEnd.OtherPersonsCard);
        (await fixture.Browser.ReadAsync("/login/problem/card.other-person")).ShouldContain("ちがう人のカード");
    }

    [Fact]
    public async Task A_code_in_the_right_browser_but_another_session_does_nothing()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(CardPurpose.StepUp);
        var answer = await visit.AnswerAsync(fixture.Card);
        var other = await fixture.Portal.SignInAsync((await ViewerAsync(fixture)).Citizen, AssuranceLevel.Verified);
        fixture.Browser.SetCookie("session", other.Browser.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1]);

        (await fixture.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.other-browser?for=step-up");

        (await ViewerAsync(fixture)).Level.ShouldBe(AssuranceLevel.Verified);
    }

    [Fact]
    public async Task A_code_works_once_and_not_after_the_session_ended()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(CardPurpose.StepUp);
        var answer = await visit.AnswerAsync(fixture.Card);
        (await fixture.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/");
        (await fixture.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.transaction-over?for=step-up");

        var second = await fixture.FetchAsync(CardPurpose.StepUp);
        var late = await second.AnswerAsync(fixture.Card);
        var viewer = await ViewerAsync(fixture);
        await fixture.Portal.Get<Sessions>().EndAsync(viewer, viewer.Session, SessionEnd.LoggedOut, TestContext.Current.CancellationToken);

        (await fixture.Browser.CompleteAsync(late.CompletionCode)).ShouldBe("/login/problem/card.other-browser?for=step-up");
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_after_three_minutes_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(CardPurpose.StepUp);
        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(180));

        (await visit.AnswerAsync(fixture.Card)).Refusal.ShouldBe("card.transaction-over");
    }

    [Fact]
    public async Task An_agent_seen_for_the_first_time_does_not_make_the_card_fresh()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var before = await ViewerAsync(fixture);
        fixture.Portal.Clock.Advance(Later);

        await fixture.PassAsync(CardPurpose.StepUp, agent: fixture.NewAgent());

        (await ViewerAsync(fixture)).LastCardAt.ShouldBe(before.LastCardAt);
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

    private static async Task<Viewer> ViewerAsync(CardFixture fixture) => (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();

    private static async Task<List<AccessEvent>> EventsAsync(CardFixture fixture, CitizenId citizen)
    {
        await using var db = fixture.Portal.OpenDatabase();
        return await db.Set<AccessRecord>().Where(record => record.Subject == citizen && (record.Event == AccessEvent.CardAsked || record.Event == AccessEvent.SteppedUp))
            .OrderBy(record => record.At).Select(record => record.Event).ToListAsync();
    }
}
