using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>A card confirmation belongs to the browser that began it, and to one use.</summary>
public sealed class OneVisitJourney(RunningProduct product)
{
    [Fact]
    public async Task The_way_back_opened_in_another_browser_does_nothing_and_says_so()
    {
        var card = product.Card(Cards.Persistent);
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/login");
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card.Id, card.Pin);
        var wayBack = await visit.WayBack().GetAttributeAsync("href");

        await using var other = await product.VisitAsync();
        await other.GoToAsync(wayBack!);
        await Expect(other.Page.Locator("main")).ToContainTextAsync("何もしませんでした");
        await Expect(other.LogInLink()).ToBeVisibleAsync();
        await other.PassesEveryCheckAsync();

        await visit.WayBack().ClickAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("この確認は、もう終わっています");
        await Expect(visit.LogInLink()).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_confirmation_that_is_over_says_so_and_offers_a_new_one()
    {
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/login");
        var waiting = visit.Page.Url;
        await visit.SignInAsync(product.Card(Cards.Persistent));

        await visit.GoToAsync(waiting);
        await Expect(visit.Heading()).ToHaveTextAsync("この確認は終わりました");
        await Expect(visit.AgentLink()).ToHaveCountAsync(0);
        await visit.PassesEveryCheckAsync();
        await visit.Page.Locator("main a[href='/login']").ClickAsync();
        await Expect(visit.SubmitOf("/login/card/start")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_request_fetched_by_a_second_program_is_dead_for_both()
    {
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/login");
        var link = new Uri((await visit.AgentLink().GetAttributeAsync("href"))!);
        var ticket = System.Web.HttpUtility.ParseQueryString(link.Query)["tx"];
        using (var stranger = new HttpClient())
        {
            using var first = await stranger.GetAsync(ticket, TestContext.Current.CancellationToken);
            first.IsSuccessStatusCode.ShouldBeTrue();
        }

        var portal = await visit.FollowIntoNewTabAsync(() => visit.AgentLink().ClickAsync());
        await Expect(visit.Heading()).ToHaveTextAsync("この依頼は、もう使われています");
        await portal.ReloadAsync();
        await Expect(portal.Locator("h1")).ToHaveTextAsync("この確認は終わりました");
    }

    [Fact]
    public async Task The_code_stays_at_the_portal_while_the_app_asks_and_the_app_has_no_hold_on_that_tab()
    {
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/enrol");
        var portal = await visit.FollowIntoNewTabAsync(() => visit.AgentLink().ClickAsync());

        await Expect(portal.Locator(".match-code-value")).ToHaveTextAsync(await visit.Page.Locator("#match-code").InnerTextAsync());
        (await visit.Page.EvaluateAsync<bool>("window.opener === null")).ShouldBeTrue();
        await visit.Page.Locator("form .buttons a").ClickAsync();
        await Expect(visit.SubmitOf("/enrol/card/start")).ToBeVisibleAsync();
        await Expect(portal.Locator(".match-code-value")).ToBeVisibleAsync();
    }
}
