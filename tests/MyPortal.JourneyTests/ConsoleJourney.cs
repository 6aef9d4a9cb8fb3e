using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.Playwright;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Contracts.SenderApi;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>From an application on paper to the first notice in a mailbox, and to the stop: always two people where somebody may send.</summary>
public sealed class ConsoleJourney(RunningProduct product)
{
    private const string Name = "あさひ水道";
    private const string ClientId = "asahi-suido";
    private const string Title = "断水のお知らせ";
    private const string ReturnTo = "http://asahi.localhost:9/portal/return";

    [Fact]
    public async Task Two_operators_admit_a_sender_whose_first_notice_arrives_and_one_of_them_stops_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var city = product.Scenario.Senders.First(sender => sender.Kind is SenderKind.Public);
        await using var clerk = await SignedInAsync(Cards.Clerk);
        await using var approver = await SignedInAsync(Cards.Approver);

        await ApplyAsync(clerk);
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("申請しました");
        var file = new Uri(clerk.Page.Url).AbsolutePath;
        await approver.GoToAsync("/admin/approvals");
        await approver.Page.Locator("main a").Filter(new() { HasText = Name }).ClickAsync();
        await Expect(approver.Page.Locator("ins").Filter(new() { HasText = Name }).First).ToBeVisibleAsync();
        await approver.Page.GetByRole(AriaRole.Button, new() { Name = "承認する" }).ClickAsync();
        await Expect(approver.Page.Locator("main")).ToContainTextAsync("承認しました");

        var (testKey, testCode) = await MakeKeyAsync(clerk, file, "Test");
        using var trial = ProgramWith(testKey, city.TokenUrl);
        await trial.LogInAsync(cancellationToken);
        using var tried = await trial.PostAsync(NoticeTo(testCode), Guid.NewGuid().ToString("N"), cancellationToken);
        tried.StatusCode.ShouldBe(HttpStatusCode.Created);

        var (liveKey, _) = await MakeKeyAsync(clerk, file, "Live");
        using var program = ProgramWith(liveKey, city.TokenUrl);
        await program.LogInAsync(cancellationToken, "notice.write consent.request");
        await using var citizen = await product.VisitSignedInAsync(Cards.Customer);
        var code = await ConnectAsync(citizen, program, cancellationToken);
        using var first = await program.PostAsync(NoticeTo(code), Guid.NewGuid().ToString("N"), cancellationToken);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        await citizen.GoToAsync($"/inbox/{first.Headers.Location!.OriginalString.Split('/')[^1]}");
        await Expect(citizen.Heading()).ToHaveTextAsync(Title);
        await Expect(citizen.Page.Locator("main")).ToContainTextAsync(Name);

        await StopAsync(clerk, file);
        using var refused = await program.PostAsync(NoticeTo(code), Guid.NewGuid().ToString("N"), cancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(cancellationToken)).ShouldContain("sender.not-live");
        await citizen.Page.ReloadAsync();
        await Expect(citizen.Page.Locator("main")).ToContainTextAsync("確認のため、送信を止めています。");
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
            ("clientId", ClientId), ("name", Name), ("about", "さくら市の水道です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "工事のお知らせ"), ("service-0-basisText", "水道法"), ("service-0-topics", "断水"), ("corporateNumber", "0000030000003"), ("contact", "あさひ水道 0120-000-0030"), ("returnAddresses", ReturnTo), ("messageAddress", "http://asahi.localhost:9/portal/messages"),
            ("reason", "新規の申し込み"),
        })
        {
            await clerk.Page.Locator($"#{field}").FillAsync(value);
        }

        await clerk.Page.Locator("#kind-Public").CheckAsync();
        await clerk.Page.Locator("#service-0-basis-Law").CheckAsync();
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "下書きを保存する" }).ClickAsync();
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "申請する" }).ClickAsync();
    }

    private static async Task StopAsync(Visit clerk, string file)
    {
        await clerk.GoToAsync(file + "/suspend");
        await clerk.Page.Locator("#reason").FillAsync("確認のため");
        await clerk.Page.Locator("#citizenText").FillAsync("確認のため、送信を止めています。");
        await clerk.Page.Locator("main form .button-danger").ClickAsync();
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("送信を止めました");
    }

    private static async Task<(string Pem, string TestCode)> MakeKeyAsync(Visit clerk, string file, string purpose)
    {
        await clerk.GoToAsync(file + "/keys");
        await clerk.Page.Locator($"#purpose-{purpose}").CheckAsync();
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "鍵の組を作って追加する" }).ClickAsync();
        return (await clerk.Page.Locator("#secret").InnerTextAsync(), await clerk.Page.Locator("main dd code").Last.InnerTextAsync());
    }

    private SenderProgram ProgramWith(string pem, string tokenUrl) => new(product.Scenario, new ScenarioSender(ClientId, Name, SenderKind.Public, ClientId, pem, tokenUrl, []));

    /// <summary>The person comes from the sender's page, connects it and goes back; the program learns where to write.</summary>
    private async Task<string> ConnectAsync(Visit citizen, SenderProgram program, CancellationToken cancellationToken)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        var claims = new ConsentClaims(
            ClientId, product.Scenario.Portal.TrimEnd('/') + "/api/v1/consent-requests", Guid.NewGuid().ToString("N"), DateTimeOffset.UtcNow.AddMinutes(3).ToUnixTimeSeconds(),
            ReturnTo, "state-0123456789abcdef", "nonce-0123456789abcdef", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), "S256", "******0042",
            [new ConsentText("ja", "断水をお知らせするため")], "work-notices", [new ConsentItem("recipient-code", [new ConsentText("ja", "宛先コード")], IsRequired: true, [new ConsentText("ja", "これがないと届けられません")])],
            365, 28, "https://asahi-suido.example/policy");

        // The sender's own page is not part of this; its address is answered here.
        await citizen.Page.RouteAsync(ReturnTo + "**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>asahi</title>" }));
        await citizen.GoToAsync(await program.AskAsync(claims, cancellationToken));
        await citizen.Page.Locator("form[action$='/decide'] button").First.ClickAsync();
        await citizen.Page.Locator("main a[href$='/return']").ClickAsync();
        await citizen.Page.WaitForURLAsync(ReturnTo + "**");
        var back = HttpUtility.ParseQueryString(new Uri(citizen.Page.Url).Query);
        back["state"].ShouldBe(claims.State);
        return (await program.FetchAsync(new ExchangeConsentCode(back["code"]!, verifier, ReturnTo), cancellationToken)).Recipient;
    }

    private static PostNotice NoticeTo(string code) => new(code, NoticeType.Info, [new NoticeContent("ja", Title, "工事のため、断水します。")]);
}
