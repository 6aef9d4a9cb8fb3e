using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>The linkage hub is away while somebody enrols.</summary>
[Collection(Alone.Name)]
public sealed class HubStoppedJourney(RunningProduct product)
{
    [Fact]
    public async Task Whoever_enrols_while_the_hub_is_away_is_told_to_come_later_and_loses_nothing()
    {
        var card = product.Card(Cards.Stranger);
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/enrol");
        var waiting = visit.Page.Url;
        try
        {
            await product.Control.StopAsync(SandboxControl.Hub);
            await visit.FollowIntoNewTabAsync(() => visit.AgentLink().ClickAsync());
            await ShouldSayLaterAsync(visit);

            // Nothing was handed out yet: the same page goes on once the hub is back.
            await product.Control.StartAsync(SandboxControl.Hub);
            await visit.Page.ReloadAsync();
            await Expect(visit.Page.Locator("#link")).ToContainTextAsync("マイナンバーは使いません");

            await product.Control.StopAsync(SandboxControl.Hub);
            await visit.AnswerAgentAsync(card.Id, card.Pin, card.SignaturePassword);
            await ShouldSayLaterAsync(visit);
            await visit.GoToAsync(waiting);
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("何も登録されていません");
            await Expect(visit.LogInLink()).ToBeVisibleAsync();
        }
        finally
        {
            await product.Control.StartAsync(SandboxControl.Hub);
        }
    }

    private static async Task ShouldSayLaterAsync(Visit visit)
    {
        await Expect(visit.Heading()).ToHaveTextAsync("いまは登録できません");
        await Expect(visit.Page.Locator("[data-refusal]")).ToHaveAttributeAsync("data-portal-code", "card.hub-unavailable");
    }
}
