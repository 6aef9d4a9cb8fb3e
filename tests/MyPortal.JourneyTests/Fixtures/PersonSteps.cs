using Microsoft.Playwright;
using MyPortal.Contracts.SandboxScenario;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>What a person with a card does, step by step. Works with and without script.</summary>
internal static class PersonSteps
{
    public static ILocator Heading(this Visit visit) => visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public static ILocator NoticeBody(this Visit visit) => visit.Page.GetByRole(AriaRole.Region, new() { Name = "本文" });

    public static ILocator SubmitOf(this Visit visit, string action) => visit.Page.Locator($"main form[action='{action}'] button");

    /// <summary>Signs in and is back at the portal.</summary>
    public static async Task SignInAsync(this Visit visit, ScenarioCard card)
    {
        await visit.BeginAtPortalAsync("/login");
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card.Id, card.Pin);
        await visit.ReturnAsync();
    }

    /// <summary>Enrols and is at the question for a name.</summary>
    public static async Task EnrolAsync(this Visit visit, ScenarioCard card)
    {
        await visit.BeginAtPortalAsync("/enrol");
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card.Id, card.Pin, card.SignaturePassword);
        await visit.ReturnAsync();
    }

    /// <summary>Asks on the business's own page; the portal's question appears.</summary>
    public static async Task OpenRequestAsync(this Visit visit, ScenarioBusiness business, string card)
    {
        await visit.Page.GotoAsync(business.Site);
        await visit.Page.Locator("#customer").SelectOptionAsync(card);
        await visit.Page.Locator("main form button").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("form[action*='/consents/requests/']").First).ToBeVisibleAsync();
    }

    /// <summary>Connects a business or an agency and is back at its page.</summary>
    public static async Task ConnectAsync(this Visit visit, ScenarioBusiness business, string card)
    {
        await visit.OpenRequestAsync(business, card);
        if (await visit.Page.Locator("#answer-agree").CountAsync() > 0)
        {
            await visit.Page.Locator("#answer-agree").CheckAsync();
            await visit.Page.Locator("#item-recipient-code").CheckAsync();
            await visit.Page.Locator("main form button").ClickAsync();
        }

        await visit.Page.Locator("form[action$='/decide'] button").First.ClickAsync();
        await visit.Page.Locator("main a[href$='/return']").ClickAsync();
        await Assertions.Expect(visit.Heading()).ToHaveTextAsync("つながりました");
    }

    public static async Task SignOutAsync(this Visit visit)
    {
        await visit.GoToAsync("/account");
        await visit.SubmitOf("/logout").ClickAsync();
        await Assertions.Expect(visit.LogInLink()).ToBeVisibleAsync();
    }

    public static ILocator LogInLink(this Visit visit) => visit.Page.Locator("header a[href='/login']");

    /// <summary>Presses the button on <c>/login</c> or <c>/enrol</c>; the match code appears.</summary>
    public static async Task BeginAtPortalAsync(this Visit visit, string path)
    {
        await visit.GoToAsync(path);
        await visit.SubmitOf($"{path}/card/start").ClickAsync();
        await Assertions.Expect(visit.AgentLink()).ToBeVisibleAsync();
    }

    public static ILocator AgentLink(this Visit visit) => visit.Page.Locator("main a[href*='/sign?tx=']");

    /// <summary>Goes to the card agent, which shows the same match code as the portal; the portal's stays in its tab.</summary>
    public static async Task OpenAgentAsync(this Visit visit)
    {
        var portal = await visit.FollowIntoNewTabAsync(() => visit.AgentLink().ClickAsync());
        await Assertions.Expect(portal.Locator(".match-code-value")).ToHaveTextAsync(await visit.Page.Locator("#match-code").InnerTextAsync());
    }

    public static ILocator CardChoice(this Visit visit, string card) => visit.Page.Locator($"input[name='card'][value='{card}']");

    public static async Task AnswerAgentAsync(this Visit visit, string card, string pin, string? password = null)
    {
        await visit.CardChoice(card).CheckAsync();
        await visit.Page.Locator("input[name='pin']").FillAsync(pin);
        if (password is not null)
        {
            await visit.Page.Locator("input[name='password']").FillAsync(password);
        }

        await visit.Page.Locator("form button[type='submit']").ClickAsync();
    }

    public static ILocator WayBack(this Visit visit) => visit.Page.Locator("a[href*='/card/complete']");

    public static async Task ReturnAsync(this Visit visit)
    {
        await visit.WayBack().ClickAsync();
        await Assertions.Expect(visit.Page.Locator("nav a[href='/inbox']")).ToBeVisibleAsync();
    }
}
