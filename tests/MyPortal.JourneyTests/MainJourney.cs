using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>What the product is for, from the first visit to the last click.</summary>
public sealed class MainJourney(RunningProduct product)
{
    private const string ChosenName = "みどりの人";

    [Theory]
    [InlineData(Cards.First, true)]
    [InlineData(Cards.FirstWithoutScript, false)]
    [Requirement(1)]
    [Requirement(2)]
    [Requirement(8)]
    [Requirement(12)]
    public async Task A_person_enrols_receives_notices_and_reads_them(string card, bool hasScript)
    {
        await using var visit = await product.VisitAsync(new Visitor(HasScript: hasScript));

        await EnrolAsync(visit, card);
        await visit.SignOutAsync();
        await visit.SignInAsync(product.Card(card));
        await Expect(visit.Heading()).ToContainTextAsync(ChosenName);

        foreach (var business in product.Scenario.Businesses)
        {
            await visit.ConnectAsync(business, card);
        }

        await visit.GoToAsync("/");
        var sent = await product.Control.SendNoticesAsync(card);
        sent.Select(notice => notice.Sender).ShouldBe(product.Scenario.Senders.Select(sender => sender.Id), ignoreOrder: true);
        await ReadOneOfTwoAsync(visit, sent[0]);

        await visit.SignOutAsync();
        await visit.GoToAsync("/inbox");
        await visit.Page.WaitForURLAsync("**/login");
    }

    private async Task EnrolAsync(Visit visit, string card)
    {
        await visit.EnrolAsync(product.Card(card));
        await visit.Page.Locator("input[name='displayName']").FillAsync(ChosenName);
        await visit.Page.Locator("main form button").ClickAsync();

        await Expect(visit.Page.Locator("#loss-code")).ToBeVisibleAsync();
        var lossCode = await visit.Page.Locator("#loss-code").InnerTextAsync();
        lossCode.Length.ShouldBeGreaterThan(10);
        await visit.SubmitOf("/enrol/loss-code/kept").ClickAsync();
        await Expect(visit.Heading()).ToContainTextAsync(ChosenName);

        await visit.GoToAsync("/account/loss-code");
        (await visit.Page.ContentAsync()).ShouldNotContain(lossCode, Case.Insensitive, "a kept loss code is never shown again");
    }

    private static async Task ReadOneOfTwoAsync(Visit visit, SentNotice notice)
    {
        await visit.Page.Locator("nav a[href='/inbox']").ClickAsync();
        await ShowsUnreadAsync(visit, 2);
        await Expect(visit.Page.Locator("main").GetByText("新着", new() { Exact = true })).ToHaveCountAsync(2);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = notice.Title }).ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync(notice.Title);
        await visit.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "受信箱に戻る" }).ClickAsync();
        await ShowsUnreadAsync(visit, 1);

        await visit.Page.Locator("main nav a[href='/inbox?tab=unread']").ClickAsync();
        await Expect(visit.Page.Locator("main a[href^='/inbox/']")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator($"main a[href='/inbox/{notice.Id}']")).ToHaveCountAsync(0);
    }

    /// <summary>Heading, title, tab, navigation and rows agree.</summary>
    private static async Task ShowsUnreadAsync(Visit visit, int count)
    {
        await Expect(visit.Heading()).ToContainTextAsync($"未読{count}件");
        (await visit.Page.TitleAsync()).ShouldContain($"未読{count}件");
        await Expect(visit.Page.Locator("main nav a[href='/inbox?tab=unread']")).ToContainTextAsync($"{count}");
        await Expect(visit.Page.Locator("nav a[href='/inbox']").First).ToContainTextAsync($"未読{count}件");
        await Expect(visit.Page.Locator("main a[href^='/inbox/']").Filter(new() { HasText = "未読" })).ToHaveCountAsync(count);
    }
}
