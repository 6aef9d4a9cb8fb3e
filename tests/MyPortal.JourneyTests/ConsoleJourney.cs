using System.Net;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Contracts.SenderApi;
using MyPortal.JourneyTests.Ground;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>
/// From an application on paper to a first post, and to the stop: always two people where somebody may send. That the notice of an admitted
/// sender arrives in a mailbox is proven below the browser, because there the recipient code needs no consent given by hand.
/// </summary>
public sealed class ConsoleJourney(RunningProduct product)
{
    private const string Name = "あさひ水道";
    private const string Title = "断水のお知らせ";

    [Fact]
    public async Task Two_operators_admit_a_sender_whose_program_posts_and_one_of_them_stops_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var city = product.World.Senders.First(sender => sender.Kind is SenderKind.Public);
        await using var clerk = await SignedInAsync(Cards.Clerk);
        await using var approver = await SignedInAsync(Cards.Approver);

        await ApplyAsync(clerk);
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("申請しました");
        var file = new Uri(clerk.Page.Url).AbsolutePath;
        await approver.GoToAsync("/admin/approvals");
        await approver.Page.Locator("main a").Filter(new() { HasText = Name }).ClickAsync();
        await Expect(approver.Page.Locator("ins").Filter(new() { HasText = Name })).ToBeVisibleAsync();
        await approver.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "承認する" }).ClickAsync();
        await Expect(approver.Page.Locator("main")).ToContainTextAsync("承認しました");

        await clerk.GoToAsync(file + "/keys");
        await clerk.Page.Locator("#purpose-Test").CheckAsync();
        await clerk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "鍵の組を作って追加する" }).ClickAsync();
        var pem = await clerk.Page.Locator("#secret").InnerTextAsync();
        var testCode = await clerk.Page.Locator("main dd code").Last.InnerTextAsync();
        using var program = new SenderProgram(product.World, new WorldSender("asahi-suido", Name, SenderKind.Public, "asahi-suido", pem, city.TokenUrl, []));
        await program.LogInAsync(cancellationToken);
        using var tried = await program.PostAsync(NoticeTo(testCode), Guid.NewGuid().ToString("N"), cancellationToken);
        tried.StatusCode.ShouldBe(HttpStatusCode.Created);

        await StopAsync(clerk, file);
        using var refused = await program.PostAsync(NoticeTo(testCode), Guid.NewGuid().ToString("N"), cancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(cancellationToken)).ShouldContain("sender.not-live");
    }

    [Fact]
    public async Task Every_page_of_the_console_passes_the_checks_of_every_page()
    {
        await using var clerk = await SignedInAsync(Cards.Clerk);
        await using var approver = await SignedInAsync(Cards.Approver);
        var found = new List<string>();
        await clerk.GoToAsync("/admin/senders");
        var sender = (await clerk.Page.Locator("tbody a[href^='/admin/senders/']").First.GetAttributeAsync("href"))!;
        await clerk.GoToAsync("/admin/operators");
        var ending = (await clerk.Page.Locator("tbody a[href$='/end']").First.GetAttributeAsync("href"))!;
        foreach (var path in new[] { ending, "/admin/appointment", sender + "/resume", "/admin", "/admin/senders", "/admin/senders/new", sender, sender + "/edit", sender + "/keys", sender + "/suspend", "/admin/approvals", "/admin/delivery", "/admin/operators", "/admin/operators/new" })
        {
            found.AddRange(await CheckAsync(clerk, path));
        }

        found.AddRange(await CheckAsync(approver, "/admin/audit"));
        await clerk.GoToAsync("/admin/senders/new", "en");
        found.AddRange(await CheckAsync(clerk, "/admin/senders/new"));
        found.ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> CheckAsync(Visit visit, string path)
    {
        await visit.GoToAsync(path);
        var found = new List<string>(await visit.ComplaintsAsync());
        foreach (var width in new[] { Visitor.Phone, Visitor.Desktop })
        {
            await visit.Page.SetViewportSizeAsync(width, 900);
            found.AddRange([.. await visit.BarriersAsync(), .. await visit.SidewaysAsync(), .. await visit.SmallTargetsAsync()]);
        }

        return found.Select(finding => $"{path}: {finding}");
    }

    // Of this run's own, because the card must have been shown in the last minutes.
    private async Task<Visit> SignedInAsync(string card)
    {
        var visit = await product.VisitAsync();
        await visit.SignInAsync(product.Card(card));
        return visit;
    }

    private static async Task ApplyAsync(Visit clerk)
    {
        await clerk.GoToAsync("/admin/senders/new");
        foreach (var (field, value) in new[]
        {
            ("clientId", "asahi-suido"), ("name", Name), ("about", "さくら市の水道です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "工事のお知らせ"), ("service-0-basisText", "水道法"), ("service-0-topics", "断水"), ("reason", "新規の申し込み"),
        })
        {
            await clerk.Page.Locator($"#{field}").FillAsync(value);
        }

        await clerk.Page.Locator("#kind-Public").CheckAsync();
        await clerk.Page.Locator("#service-0-basis-Law").CheckAsync();
        await clerk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "下書きを保存する" }).ClickAsync();
        await clerk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "申請する" }).ClickAsync();
    }

    private static async Task StopAsync(Visit clerk, string file)
    {
        await clerk.GoToAsync(file + "/suspend");
        await clerk.Page.Locator("#reason").FillAsync("確認のため");
        await clerk.Page.Locator("#citizenText").FillAsync("確認のため、送信を止めています。");
        await clerk.Page.Locator("main form .button-danger").ClickAsync();
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("送信を止めました");
    }

    private static PostNotice NoticeTo(string code) => new(code, NoticeType.Info, [new NoticeContent("ja", Title, "工事のため、断水します。")]);
}
