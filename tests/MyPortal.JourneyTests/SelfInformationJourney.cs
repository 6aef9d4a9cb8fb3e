using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>A person looks at what agencies know, while one of them is away, and then at who asked for what.</summary>
[Collection(Alone.Name)]
public sealed class SelfInformationJourney(RunningProduct product)
{
    private const string Agency = "pension-agency";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement(86)]
    [Requirement(89)]
    public async Task A_person_asks_two_agencies_sees_what_arrives_and_what_does_not_and_finds_all_of_it_in_the_log(bool hasScript)
    {
        await using var visit = await product.VisitAsync(new Visitor(HasScript: hasScript));
        await visit.SignInAsync(product.Card(Cards.Persistent));

        await AskAsync(visit);
        await EverythingIsThereAsync(visit, hasScript);
        await Expect(CardsOf(visit, "ready")).ToHaveCountAsync(3);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("1,104,000円");
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("令和8年12月15日（2026年12月15日）");

        await SwitchAsync("stop");
        try
        {
            await AskAsync(visit);
            await EverythingIsThereAsync(visit, hasScript);
            await Expect(CardsOf(visit, "ready")).ToHaveCountAsync(1);
            await Expect(CardsOf(visit, "unavailable")).ToHaveCountAsync(2);
            await Expect(CardsOf(visit, "unavailable").First).ToContainTextAsync("情報がないという意味ではありません");
        }
        finally
        {
            await product.Control.StartAsync(Agency);
        }

        await CardsOf(visit, "unavailable").First.GetByRole(AriaRole.Button).ClickAsync();
        await EverythingIsThereAsync(visit, hasScript);
        await Expect(CardsOf(visit, "ready")).ToHaveCountAsync(2);

        await EraseAsync(visit);
        await FindInLogAsync(visit, hasScript);
    }

    private static async Task AskAsync(Visit visit)
    {
        await visit.Page.Locator("nav.services a[href='/self-info']").ClickAsync();
        await Expect(visit.Page.Locator("input:checked")).ToHaveCountAsync(0);
        await visit.Page.Locator("#theme-residence").CheckAsync();
        await visit.Page.Locator("#theme-pension").CheckAsync();
        await visit.SubmitOf("/self-info/start").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync("自分の情報：住まいと世帯、年金");
    }

    /// <summary>With script the cards fill by themselves; without it a person presses the link until all are there.</summary>
    private static async Task EverythingIsThereAsync(Visit visit, bool hasScript)
    {
        for (var tries = 0; !hasScript && tries < 20 && await visit.Page.Locator("progress").CountAsync() > 0; tries++)
        {
            await visit.Page.Locator(".run-status a").ClickAsync();
        }

        await Expect(visit.Page.Locator(".run-status")).ToContainTextAsync("すべての答えが分かりました");
        await Expect(CardsOf(visit, "waiting")).ToHaveCountAsync(0);
    }

    private static async Task EraseAsync(Visit visit)
    {
        var address = visit.Page.Url;
        await visit.Page.Locator("main form[action$='/erase'] button").ClickAsync();
        await Expect(visit.Page.Locator(".banner")).ToContainTextAsync("消しました");
        await visit.GoToAsync(address);
        await Expect(visit.Heading()).ToHaveTextAsync("この結果は、もうありません");
        (await visit.Page.ContentAsync()).ShouldNotContain("1,104,000");
    }

    private static async Task FindInLogAsync(Visit visit, bool hasScript)
    {
        await visit.Page.Locator("nav.services a[href='/access-log']").ClickAsync();
        await visit.SubmitOf("/access-log/ask").ClickAsync();
        for (var tries = 0; !hasScript && tries < 20 && await visit.Page.GetByText("ハブにたずねています").CountAsync() > 0; tries++)
        {
            await visit.Page.Locator(".log-coverage a").ClickAsync();
        }

        await Expect(visit.Page.Locator(".log-coverage")).ToContainTextAsync("に取り寄せました");
        var uses = visit.Page.Locator(".log-use");
        await Expect(uses.Filter(new() { HasText = "機関が止まっていました" }).First).ToBeVisibleAsync();
        await Expect(uses.Filter(new() { HasText = "さくら市に、あなたがたずねました" }).First).ToContainTextAsync("ご本人が、自分の住民票の情報を見るため");
        await Expect(uses.Filter(new() { HasText = "この記録を取り寄せるための問い合わせです" })).ToHaveCountAsync(1);
        await Expect(uses.Locator(".note").Filter(new() { HasNotText = "この記録を取り寄せるため" })).ToHaveCountAsync(0);
    }

    private static ILocator CardsOf(Visit visit, string state) => visit.Page.Locator($".holder-{state}");

    /// <summary>Presses the button of the control page.</summary>
    private async Task SwitchAsync(string act)
    {
        await using var operatorVisit = await product.VisitAsync();
        await operatorVisit.GoToAsync(product.Scenario.Control);
        await operatorVisit.SubmitOf($"/control/{Agency}/{act}").ClickAsync();
        await Expect(operatorVisit.SubmitOf($"/control/{Agency}/{(act is "stop" ? "start" : "stop")}")).ToBeVisibleAsync();
    }
}
