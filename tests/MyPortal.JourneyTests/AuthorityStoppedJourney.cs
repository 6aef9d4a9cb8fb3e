using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>Journeys that stop a service for everybody; they run when no other journey does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = nameof(Alone);
}

/// <summary>The card authority is away for a while.</summary>
[Collection(Alone.Name)]
public sealed class AuthorityStoppedJourney(RunningProduct product)
{
    [Fact]
    [Requirement(21)]
    public async Task Nobody_is_let_in_unchecked_and_the_text_does_not_blame_the_card()
    {
        var card = product.Card(Cards.Persistent);
        await using var visit = await product.VisitAsync();
        await SwitchAsync("stop");
        try
        {
            await visit.BeginAtPortalAsync("/login");
            var waiting = visit.Page.Url;
            await visit.OpenAgentAsync();
            await visit.AnswerAgentAsync(card.Id, card.Pin);
            await Expect(visit.Heading()).ToHaveTextAsync("いまは確認できません");
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("カードや暗証番号に問題はありません");
            await visit.GoToAsync(waiting);
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("いま確かめられません");
            await Expect(visit.LogInLink()).ToBeVisibleAsync();

            await SwitchAsync("start");
            await visit.SignInAsync(card);
        }
        finally
        {
            await product.Control.StartAsync(SandboxControl.Authority);
        }
    }

    /// <summary>Presses the button of the control page.</summary>
    private async Task SwitchAsync(string act)
    {
        await using var operatorVisit = await product.VisitAsync();
        await operatorVisit.GoToAsync(product.Scenario.Control);
        await operatorVisit.SubmitOf($"/control/{SandboxControl.Authority}/{act}").ClickAsync();
        await Expect(operatorVisit.SubmitOf($"/control/{SandboxControl.Authority}/{(act is "stop" ? "start" : "stop")}")).ToBeVisibleAsync();
    }
}
