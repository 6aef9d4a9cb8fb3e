using System.Net;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Contracts.SenderApi;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>Something must be done by a day: it stays in sight until the person says that it is done.</summary>
public sealed class DueNoticesJourney(RunningProduct product)
{
    private const string Wide = """
        これは**「重要なこと」**です。

        | 月 | 昼の使用量 | 夜の使用量 | 基本料金 | 電力量料金 | 再エネ賦課金 | 合計 |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        | 10月 | 182 kWh | 96 kWh | 1,180円 | 8,230円 | 1,020円 | 10,430円 |
        | 11月 | 175 kWh | 101 kWh | 1,180円 | 8,110円 | 1,000円 | 10,290円 |
        """;

    [Theory]
    [InlineData(true, "script"), InlineData(false, "plain")]
    public async Task It_leaves_the_home_page_when_it_is_done_and_not_before(bool hasScript, string name)
    {
        var title = $"電気料金のお支払い {name}";
        var notice = await SendAsync(title);
        await using var visit = await product.VisitSignedInAsync(Cards.Customer, new Visitor(HasScript: hasScript));
        var due = visit.Page.Locator("section[aria-labelledby=due-title] li").Filter(new() { HasText = title });

        await visit.GoToAsync("/");
        await due.Locator("a").ClickAsync();
        await Expect(visit.Heading()).ToHaveTextAsync(title);
        await visit.GoToAsync("/");
        await Expect(due).ToHaveCountAsync(1);
        await due.Locator("button").ClickAsync();
        await Expect(visit.Page.Locator(".todo-done")).ToContainTextAsync(title);
        await Expect(due).ToHaveCountAsync(0);
        await visit.Page.Locator(".todo-done button").ClickAsync();
        await Expect(due).ToHaveCountAsync(1);

        await visit.GoToAsync($"/inbox/{notice}");
        await visit.SubmitOf($"/inbox/{notice}/done").ClickAsync();
        await Expect(visit.SubmitOf($"/inbox/{notice}/undone")).ToBeVisibleAsync();
        await visit.GoToAsync("/");
        await Expect(due).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("ja-JP"), InlineData("en"), InlineData("ja-Hira")]
    public async Task A_wide_table_scrolls_in_its_own_box_and_every_face_of_what_is_due_passes_every_check(string language)
    {
        var notice = await SendAsync($"検針と請求のお知らせ {language}");
        await SendAsync($"もう一つのお知らせ {language}", overdueBy: 3);
        await using var visit = await product.VisitSignedInAsync(Cards.Customer);
        await visit.GoToAsync($"/inbox/{notice}", language);
        await visit.PassesEveryCheckAsync(PageUnderTest.HtmlLanguageOf(language));
        await visit.Page.SetViewportSizeAsync(Visitor.Phone, 900);
        var box = visit.Page.Locator(".table-box");
        await box.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(box).ToBeFocusedAsync();
        (await box.EvaluateAsync<int>("box => box.scrollWidth - box.clientWidth")).ShouldBeGreaterThan(0, "seven columns do not fit on a phone");

        await visit.SubmitOf($"/inbox/{notice}/done").ClickAsync();
        await Expect(visit.SubmitOf($"/inbox/{notice}/undone")).ToBeVisibleAsync();
        await visit.PassesEveryCheckAsync(PageUnderTest.HtmlLanguageOf(language));
        foreach (var path in new[] { "/", $"/?done={notice}", "/inbox", "/inbox?tab=todo", "/inbox?older=0" })
        {
            await visit.GoToAsync(path);
            await visit.PassesEveryCheckAsync(PageUnderTest.HtmlLanguageOf(language));
        }
    }

    private async Task<Guid> SendAsync(string title, int overdueBy = -9)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var sender = product.Scenario.Senders.First(candidate => candidate.Kind is SenderKind.Private);
        using var program = new SenderProgram(product.Scenario, sender);
        await program.LogInAsync(cancellationToken);
        var code = sender.RecipientCodes.Single(candidate => candidate.Card == Cards.Customer).Code;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
        using var posted = await program.PostAsync(
            new PostNotice(code, NoticeType.Bill, [new NoticeContent("ja", title, Wide)], "ご契約者ご本人あてのため", DueOn: today.AddDays(-overdueBy)), Guid.NewGuid().ToString("N"), cancellationToken);
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        return Guid.Parse(posted.Headers.Location!.OriginalString.Split('/')[^1]);
    }
}
