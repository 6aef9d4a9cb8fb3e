using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.SignIn;

public sealed class RaceTests
{
    private const int Runners = 6;

    [Theory, EveryDatabase]
    public async Task Of_answers_that_race_for_one_login_one_wins(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var visit = await world.FetchAsync(browser: world.NewBrowser());
        var signatures = visit.SignaturesOf(world.Card);

        var answers = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => visit.AnswerAsync(signatures))));

        answers.Count(answer => answer.Status is HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Refusal is not null).Select(answer => answer.Refusal).ShouldBe(Enumerable.Repeat("card.transaction-over", Runners - 1));
        (await world.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(Enumerable.Repeat("card.transaction-over", Runners - 1));
        var winner = answers.Single(answer => answer.CompletionCode is not null);
        (await visit.Begun.Browser.CompleteAsync(winner.CompletionCode)).ShouldBe("/");
    }

    [Theory, EveryDatabase]
    public async Task Of_completions_that_race_for_one_code_one_wins(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var visit = await world.FetchAsync(browser: world.NewBrowser());
        var answer = await visit.AnswerAsync(world.Card);
        var binding = visit.Begun.Browser.CookieNamed("card-binding").ShouldNotBeNull();
        var tabs = Enumerable.Range(0, Runners).Select(_ => world.NewBrowser()).ToList();
        tabs.ForEach(tab => tab.SetCookie("card-binding", binding));

        var locations = await Task.WhenAll(tabs.Select(tab => Task.Run(() => tab.CompleteAsync(answer.CompletionCode))));

        locations.Count(location => location is "/").ShouldBe(1);
        locations.Count(location => location is "/login/problem/card.transaction-over").ShouldBe(Runners - 1);
    }

    [Theory, EveryDatabase]
    public async Task Of_fetches_that_race_for_one_document_at_most_one_wins_and_the_login_is_dead(Engine engine)
    {
        await using var world = await CardWorld.StartAsync(engine);
        var begun = await world.Browser.BeginAsync(CardPurpose.Login);

        var fetches = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => world.Agent.FetchAsync(begun.Ticket))));

        fetches.Count(fetch => fetch.Status is HttpStatusCode.OK).ShouldBe(1);
        (await world.RefusalsAsync(begun.Transaction)).ShouldBe(Enumerable.Repeat("card.fetched-again", Runners - 1));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_browsers_that_enrol_one_card_one_wins(Engine engine)
    {
        await using var world = await CardWorld.StartAsync(engine);
        var visits = new[] { await world.FetchAsync(CardPurpose.Enrol), await world.FetchAsync(CardPurpose.Enrol, world.NewBrowser()) };
        var codes = new List<string?>();
        foreach (var visit in visits)
        {
            codes.Add((await visit.AnswerAsync(world.Card)).CompletionCode);
        }

        var locations = await Task.WhenAll(visits.Zip(codes, (visit, code) => Task.Run(() => visit.Begun.Browser.CompleteAsync(code))));

        locations.Order(StringComparer.Ordinal).ShouldBe(["/enrol/name", "/login/problem/card.already-enrolled?for=enrol"]);
        var loser = visits[Array.IndexOf(locations, "/login/problem/card.already-enrolled?for=enrol")];
        (await world.RefusalsAsync(loser.Begun.Transaction)).ShouldBe(["card.already-enrolled"]);
        (await world.ViewerOfAsync(loser.Begun.Browser)).ShouldBeNull();
        await using var db = world.Portal.OpenDatabase();
        (await db.Set<Citizen>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task Two_browsers_that_bring_one_new_agent_at_the_same_moment_are_signed_in_or_asked_to_start_again(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var agent = world.NewAgent();
        var visits = new[] { await world.FetchAsync(browser: world.NewBrowser(), agent: agent), await world.FetchAsync(browser: world.NewBrowser(), agent: agent) };
        var codes = new List<string?>();
        foreach (var visit in visits)
        {
            codes.Add((await visit.AnswerAsync(world.Card)).CompletionCode);
        }

        var locations = await Task.WhenAll(visits.Zip(codes, (visit, code) => Task.Run(() => visit.Begun.Browser.CompleteAsync(code))));

        locations.ShouldContain(location => location == "/");
        locations.ShouldAllBe(location => location == "/" || location == "/login/problem/card.transaction-over");
    }
}
