using System.Net;
using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Contracts.SenderApi;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>From a sender's program to the eyes of the person it writes to.</summary>
public sealed class SenderJourney(RunningProduct product)
{
    private const string Title = "ご契約の確認のお願い";
    private const string Reason = "ご契約者ご本人の確認が必要なため";

    [Fact]
    [Requirement(131)]
    public async Task A_notice_posted_twice_arrives_once_with_its_reason()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var sender = product.Scenario.Senders.First(candidate => candidate.Kind is SenderKind.Private);
        using var program = new SenderProgram(product.Scenario, sender);
        await program.LogInAsync(cancellationToken);
        var notice = NoticeTo(sender.RecipientCodes.Single(code => code.Card == Cards.Customer).Code);
        var key = Guid.NewGuid().ToString("N");

        using var first = await program.PostAsync(notice, key, cancellationToken);
        using var second = await program.PostAsync(notice, key, cancellationToken);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(first.StatusCode);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await second.Content.ReadAsStringAsync(cancellationToken)).ShouldBe(await first.Content.ReadAsStringAsync(cancellationToken));
        await ReadAsync(Guid.Parse(first.Headers.Location!.OriginalString.Split('/')[^1]), sender);

        (await ToldAsync(Guid.Parse(first.Headers.Location.OriginalString.Split('/')[^1]))).ShouldBe([SenderEventTypes.NoticeDelivered], "the sender's webhook was told once, and nothing of the opening");

        using var answer = await program.ReadStatusAsync(first.Headers.Location, cancellationToken);
        var status = await answer.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options, cancellationToken);
        status.ShouldNotBeNull().State.ShouldBe(NoticeState.Delivered);
        status.Opened.ShouldBe("withheld", "the person opened it, and that stays with the person");
    }

    private async Task<IReadOnlyList<string>> ToldAsync(Guid notice)
    {
        using var control = new SandboxControl(product.Scenario.Control);
        List<string> told = [];
        await Wait.UntilAsync(async () => (told = [.. (await control.EventsAsync()).Where(one => one.Event.Data.Id == notice).Select(one => one.Event.Type)]).Count > 0);
        return told;
    }

    private async Task ReadAsync(Guid id, ScenarioSender sender)
    {
        await using var visit = await product.VisitSignedInAsync(Cards.Customer);
        await visit.GoToAsync("/inbox");
        await Expect(visit.Page.Locator("main a").Filter(new() { HasText = Title })).ToHaveCountAsync(1);
        await visit.Page.Locator($"main a[href='/inbox/{id}']").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync(Title);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync(sender.Name);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync(Reason);
    }

    private static PostNotice NoticeTo(string code) =>
        new(code, NoticeType.Contract, [new NoticeContent("ja", Title, "ご契約の内容を**ご確認**ください。")], Reason);
}
