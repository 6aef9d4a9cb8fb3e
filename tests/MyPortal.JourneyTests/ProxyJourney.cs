using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>A daughter reads her father's tax notices, and nothing else, until he stops it.</summary>
public sealed class ProxyJourney(RunningProduct product)
{
    private const string City = "sakura-city";

    [Theory]
    [InlineData(Cards.Father, Cards.Daughter, true)]
    [InlineData(Cards.OtherFather, Cards.OtherDaughter, false)]
    [Requirement(141)]
    [Requirement(143)]
    public async Task A_daughter_reads_her_fathers_tax_notices_until_he_stops_it(string father, string daughter, bool hasScript)
    {
        await using var his = await product.VisitAsync(new Visitor(HasScript: hasScript));
        await using var hers = await product.VisitAsync(new Visitor(HasScript: hasScript));
        await his.EnrolAsync(product.Card(father));
        await hers.EnrolAsync(product.Card(daughter));
        foreach (var business in product.Scenario.Businesses)
        {
            await his.ConnectAsync(business, father);
        }

        var earlier = await product.Control.SendNoticesAsync(father);

        var code = await InviteAsync(his, father, daughter, hasScript);
        await AcceptAsync(hers, code, daughter, hasScript);
        await SignAsync(his, father, daughter, hasScript);

        var sent = await product.Control.SendNoticesAsync(father);
        await ReadAsync(hers, sent.Single(notice => notice.Sender is City), sent.Single(notice => notice.Sender is not City), earlier, hasScript);

        await his.GoToAsync("/inbox");
        await Expect(his.Heading()).ToContainTextAsync($"未読{earlier.Count + sent.Count}件");
        await StopAsync(his, hasScript);
        await hers.Page.ReloadAsync();
        await Expect(hers.Heading()).ToHaveTextAsync("この代理は終わりました");
        await CheckAsync(hers, hasScript);
    }

    private async Task<string> InviteAsync(Visit his, string father, string daughter, bool hasScript)
    {
        await his.GoToAsync("/proxy");
        await CheckAsync(his, hasScript);
        await his.Page.Locator("main a[href='/proxy/new']").ClickAsync();
        await his.Page.Locator("#principalName").FillAsync(NameOf(father));
        await his.Page.Locator("#proxyName").FillAsync(NameOf(daughter));
        await CheckAsync(his, hasScript);
        await GoOnAsync(his);
        await his.Page.GetByLabel("さくら市").CheckAsync();
        await CheckAsync(his, hasScript);
        await GoOnAsync(his);
        await his.Page.Locator("#view").CheckAsync();
        await GoOnAsync(his);
        await Expect(his.Page.Locator("#lastDay")).Not.ToHaveValueAsync("");
        await GoOnAsync(his);
        await CheckAsync(his, hasScript);
        await GoOnAsync(his);
        await CheckAsync(his, hasScript);
        return await his.Page.Locator("#invitation-code").InnerTextAsync();
    }

    private async Task AcceptAsync(Visit hers, string code, string daughter, bool hasScript)
    {
        await hers.GoToAsync("/proxy/invitations");
        await CheckAsync(hers, hasScript);
        await hers.Page.Locator("#code").FillAsync(code);
        await hers.Page.Locator("main form button").ClickAsync();
        await Expect(hers.Page.Locator(".mandate-text")).ToContainTextAsync("代理人：");
        await CheckAsync(hers, hasScript);
        await SignWithCardAsync(hers, daughter, hasScript);
        await Expect(hers.Page.Locator(".banner-success")).ToBeVisibleAsync();
    }

    private async Task SignAsync(Visit his, string father, string daughter, bool hasScript)
    {
        await his.GoToAsync("/proxy");
        await FollowAsync(his, his.Page.Locator("main .card a.button-primary"));
        await Expect(his.Page.Locator("main .card-warning strong")).ToHaveTextAsync(product.Card(daughter).Name);
        await CheckAsync(his, hasScript);
        await SignWithCardAsync(his, father, hasScript);
        await Expect(his.Page.Locator(".banner-success")).ToBeVisibleAsync();
    }

    private async Task SignWithCardAsync(Visit visit, string card, bool hasScript)
    {
        await visit.Page.Locator("main form[action$='/sign'] button").ClickAsync();
        await Expect(visit.AgentLink()).ToBeVisibleAsync();
        await visit.OpenAgentAsync();
        await Expect(visit.Page.Locator("#signed-text")).ToContainTextAsync("見てよい送信元：さくら市");
        await CheckAsync(visit, hasScript);
        await visit.AnswerAgentAsync(card, product.Card(card).Pin, product.Card(card).SignaturePassword);
        await visit.ReturnAsync();
    }

    private static async Task ReadAsync(Visit hers, SentNotice inside, SentNotice outside, IReadOnlyList<SentNotice> earlier, bool hasScript)
    {
        await hers.GoToAsync("/proxy");
        await FollowAsync(hers, hers.Page.Locator("main a[href^='/p/']"));
        await Expect(hers.Page.Locator(".proxy-band")).ToBeVisibleAsync();
        await Expect(hers.Page.Locator("main .notice-row")).ToHaveCountAsync(1);
        await CheckAsync(hers, hasScript);
        var folder = new Uri(hers.Page.Url).AbsolutePath;
        foreach (var hidden in earlier.Append(outside))
        {
            await hers.GoToAsync($"{folder}/{hidden.Id}");
            hers.Document!.Status.ShouldBe(404);
        }

        await hers.GoToAsync(folder);
        await FollowAsync(hers, hers.Page.GetByRole(AriaRole.Link, new() { Name = inside.Title }));
        await Expect(hers.Heading()).ToHaveTextAsync(inside.Title);
        await CheckAsync(hers, hasScript);
    }

    private static async Task StopAsync(Visit his, bool hasScript)
    {
        await his.GoToAsync("/proxy");
        await FollowAsync(his, his.Page.Locator("main a.button-danger"));
        await CheckAsync(his, hasScript);
        await his.Page.Locator("main form button.button-danger").ClickAsync();
        await Expect(his.Page.Locator(".banner-success")).ToBeVisibleAsync();
    }

    // As a page of its own, so that what it needs is counted from its first byte.
    private static async Task FollowAsync(Visit visit, ILocator link) => await visit.GoToAsync((await link.GetAttributeAsync("href"))!);

    private static Task GoOnAsync(Visit visit) => visit.Page.Locator("main form button[value='on']").ClickAsync();

    // The checks themselves run in the page, so they need its script.
    private static Task CheckAsync(Visit visit, bool hasScript) => hasScript ? visit.PassesEveryCheckAsync() : Task.CompletedTask;

    private string NameOf(string card) => product.Card(card).Name;
}
