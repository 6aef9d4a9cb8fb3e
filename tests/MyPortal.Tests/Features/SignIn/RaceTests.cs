using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn;

public sealed class RaceTests
{
    private const int Runners = 6;

    [Theory, EveryDatabase]
    public async Task Of_answers_that_race_for_one_login_one_wins(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        var signatures = visit.SignaturesOf(fixture.Card);

        var answers = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => visit.AnswerAsync(signatures))));

        answers.Count(answer => answer.Status is HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Refusal is not null).Select(answer => answer.Refusal).ShouldBe(Enumerable.Repeat("card.transaction-over", Runners - 1));
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(Enumerable.Repeat("card.transaction-over", Runners - 1));
        var winner = answers.Single(answer => answer.CompletionCode is not null);
        (await visit.Begun.Browser.CompleteAsync(winner.CompletionCode)).ShouldBe("/");
    }

    [Theory, EveryDatabase]
    public async Task Of_completions_that_race_for_one_code_one_wins(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        var answer = await visit.AnswerAsync(fixture.Card);
        var binding = visit.Begun.Browser.CookieNamed("card-binding").ShouldNotBeNull();
        var tabs = Enumerable.Range(0, Runners).Select(_ => fixture.NewBrowser()).ToList();
        tabs.ForEach(tab => tab.SetCookie("card-binding", binding));

        var locations = await Task.WhenAll(tabs.Select(tab => Task.Run(() => tab.CompleteAsync(answer.CompletionCode))));

        locations.Count(location => location is "/").ShouldBe(1);
        locations.Count(location => location is "/login/problem/card.transaction-over").ShouldBe(Runners - 1);
    }

    [Theory, EveryDatabase]
    public async Task Of_fetches_that_race_for_one_document_at_most_one_wins_and_the_login_is_dead(Engine engine)
    {
        await using var fixture = await CardFixture.StartAsync(engine);
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Login);

        var fetches = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => fixture.Agent.FetchAsync(begun.Ticket))));

        fetches.Count(fetch => fetch.Status is HttpStatusCode.OK).ShouldBe(1);
        (await fixture.RefusalsAsync(begun.Transaction)).ShouldBe(Enumerable.Repeat("card.fetched-again", Runners - 1));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_browsers_that_enrol_one_card_one_wins(Engine engine)
    {
        await using var fixture = await CardFixture.StartAsync(engine);
        var visits = new[] { await fixture.FetchAsync(CardPurpose.Enrol), await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser()) };
        var codes = new List<string?>();
        foreach (var visit in visits)
        {
            codes.Add((await visit.AnswerAsync(fixture.Card)).CompletionCode);
        }

        var locations = await Task.WhenAll(visits.Zip(codes, (visit, code) => Task.Run(() => visit.Begun.Browser.CompleteAsync(code))));

        locations.Order(StringComparer.Ordinal).ShouldBe(["/enrol/name", "/login/problem/card.already-enrolled?for=enrol"]);
        var loser = visits[Array.IndexOf(locations, "/login/problem/card.already-enrolled?for=enrol")];
        (await fixture.RefusalsAsync(loser.Begun.Transaction)).ShouldBe(["card.already-enrolled"]);
        (await fixture.ViewerOfAsync(loser.Begun.Browser)).ShouldBeNull();
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<Citizen>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task Two_browsers_that_bring_one_new_agent_at_the_same_moment_are_signed_in_or_asked_to_start_again(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var agent = fixture.NewAgent();
        var visits = new[] { await fixture.FetchAsync(browser: fixture.NewBrowser(), agent: agent), await fixture.FetchAsync(browser: fixture.NewBrowser(), agent: agent) };
        var codes = new List<string?>();
        foreach (var visit in visits)
        {
            codes.Add((await visit.AnswerAsync(fixture.Card)).CompletionCode);
        }

        var locations = await Task.WhenAll(visits.Zip(codes, (visit, code) => Task.Run(() => visit.Begun.Browser.CompleteAsync(code))));

        locations.ShouldContain(location => location == "/");
        locations.ShouldAllBe(location => location == "/" || location == "/login/problem/card.transaction-over");
    }
}
