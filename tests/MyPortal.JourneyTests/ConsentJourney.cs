using System.Net;
using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>From the electricity company's own page to the decision, the first bill, and the day the person stops it.</summary>
public sealed class ConsentJourney(RunningProduct product)
{
    private const string Power = "midori-denki";

    [Theory]
    [InlineData(Cards.Consenting, true)]
    [InlineData(Cards.ConsentingWithoutScript, false)]
    [Requirement(103)]
    [Requirement(112)]
    public async Task A_person_consents_receives_a_bill_withdraws_and_receives_no_more(string card, bool hasScript)
    {
        await using var visit = await product.VisitAsync(new Visitor(HasScript: hasScript));
        await visit.EnrolAsync(product.Card(card));
        await visit.Page.Locator("input[name='displayName']").FillAsync("さかえ");
        await visit.Page.Locator("main form button").ClickAsync();
        await visit.SubmitOf("/enrol/loss-code/kept").ClickAsync();
        await Expect(visit.Heading()).ToContainTextAsync("さかえ");

        await DecideAsync(visit, card, hasScript);
        var sent = (await product.Control.SendNoticesAsync(card)).ShouldHaveSingleItem();
        sent.Sender.ShouldBe(Power);
        await visit.GoToAsync("/inbox");
        await Expect(visit.Page.Locator($"main a[href='/inbox/{sent.Id}']")).ToHaveCountAsync(1);

        await WithdrawAsync(visit, hasScript);
        using var refused = await PostAsync(sent.RecipientCode);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken))!.Code.ShouldBe("notice.recipient-unknown");
        await visit.GoToAsync("/inbox");
        await Expect(visit.Page.Locator("main a[href^='/inbox/']")).ToHaveCountAsync(1);
    }

    private async Task DecideAsync(Visit visit, string card, bool hasScript)
    {
        await visit.OpenRequestAsync(product.Business(Power), card);
        await Expect(visit.Page.Locator("main input:checked")).ToHaveCountAsync(0);
        await CheckAsync(visit, hasScript);

        await visit.Page.Locator("main form button").ClickAsync();
        await Expect(visit.Page.Locator(".error-summary a")).ToContainTextAsync("のどれかを選んでください");
        await CheckAsync(visit, hasScript);

        await visit.Page.Locator("#answer-agree").CheckAsync();
        await visit.Page.Locator("#item-recipient-code").CheckAsync();
        await visit.Page.Locator("main form button").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync("答えを確かめる");
        await CheckAsync(visit, hasScript);

        await visit.Page.Locator("form[action$='/decide'] button").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync("みどり電力に同意しました");
        await CheckAsync(visit, hasScript);
        await visit.Page.Locator("main a[href$='/return']").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync("つながりました");
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("署名を返しました");
    }

    private static async Task WithdrawAsync(Visit visit, bool hasScript)
    {
        await visit.GoToAsync("/consents?tab=active");
        await visit.Page.Locator("main .notice-row a").ClickAsync();
        await Expect(visit.Page.Locator(".history")).ToContainTextAsync("相手が控えに署名しました");
        var detail = visit.Page.Url;
        await visit.Page.Locator("main a[href$='/withdraw']").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync("みどり電力への同意をやめますか");
        await visit.Page.Locator("form[action$='/end'] button").ClickAsync();
        await Expect(visit.Page.Locator(".banner")).ToContainTextAsync("やめました");
        await CheckAsync(visit, hasScript);

        // The business hears of it through the outbox and signs; the person sees that by looking again.
        await Wait.UntilAsync(async () =>
        {
            await visit.GoToAsync(detail);
            return (await visit.Page.Locator("main table").InnerTextAsync()).Contains("受け取り", StringComparison.Ordinal);
        });
    }

    private async Task<HttpResponseMessage> PostAsync(string code)
    {
        using var program = new SenderProgram(product.Scenario, product.Scenario.Senders.Single(sender => sender.Id == Power));
        await program.LogInAsync(TestContext.Current.CancellationToken);
        var notice = new PostNotice(code, NoticeType.Bill, [new NoticeContent("ja", "翌月のご請求", "本文です。")], "ご契約者ご本人への請求のため");
        return await program.PostAsync(notice, Guid.NewGuid().ToString("N"), TestContext.Current.CancellationToken);
    }

    private static Task CheckAsync(Visit visit, bool hasScript) => hasScript ? visit.PassesEveryCheckAsync() : Task.CompletedTask;
}
