using System.Net;
using AngleSharp.Dom;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Sandbox.Roles;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Security;

namespace MyPortal.Tests.Features.SelfInformation;

/// <summary>The pages of the own information against real holders behind a real hub.</summary>
public sealed class SelfInformationPagesTests
{
    [Fact]
    [Requirement(86)]
    [Requirement(89)]
    public async Task Two_agencies_are_asked_after_the_login_and_both_cards_show_their_values()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));

        var index = await hanako.Browser.OpenAsync("/self-info");
        index.QuerySelectorAll("input[type=checkbox]").ShouldAllBe(box => !box.HasAttribute("checked"), "nothing is chosen in advance");
        portal.Hub.Paths.ShouldNotContain(path => path == "/v1/linkages", "looking at the choice asks nobody");
        var page = await AskAsync(hanako.Browser, "tax", "pension");

        page.QuerySelector("h1 + .hint").Words().ShouldEndWith("あなたが、ご自身のことをたずねました。");
        var tax = CardOf(page, "住民税（所得・税額）／さくら市");
        tax.QuerySelector(".chip").Words().ShouldBe("届いた");
        tax.QuerySelectorAll("dd").ShouldContain(value => value.Words() == "3,124,000円 2025年の分");
        tax.Words().ShouldContain("さくら市が");
        CardOf(page, "年金の記録").QuerySelectorAll("dd").ShouldContain(value => value.Words() == "241か月 2026年10月の時点");
        CardOf(page, "年金の支払い").QuerySelector(".chip").Words().ShouldBe("情報なし");
        page.QuerySelector("[role=status]").Words().ShouldBe("4件すべての答えが分かりました。");
        page.QuerySelector("progress").ShouldBeNull();
    }

    [Theory]
    [InlineData("ja-JP", "届いた", "情報なし", "見られません"), InlineData("en", "Arrived", "Nothing on record", "Not shown here"), InlineData("ja-Hira", "届とどきました", "情報じょうほう なし", "見みられません")]
    public async Task Arrived_empty_and_denied_each_look_different_in_three_languages(string language, string ready, string empty, string denied)
    {
        await using var portal = await TestPortal.StartAsync();
        var kenji = await portal.SignInAsync(await portal.EnrolAsync(cast: "kenji"));
        var misaki = await portal.SignInAsync(await portal.EnrolAsync(cast: "misaki"));

        var page = await AskAsync(kenji.Browser, language, "tax");
        var other = await AskAsync(misaki.Browser, language, "pension");

        StateOf(page.QuerySelector(".holder-ready")).ShouldBe(ready);
        StateOf(page.QuerySelector(".holder-denied")).ShouldBe(denied);
        page.QuerySelector(".holder-denied [lang=ja]").Words().ShouldContain("土地の境界を確認している間は");
        other.QuerySelectorAll(".holder").Select(StateOf).ShouldBe([empty, empty]);
    }

    [Theory]
    [InlineData("ja-JP", "届きません", "情報がないという意味ではありません", "確認が必要"), InlineData("en", "Did not arrive", "This does not mean that there is nothing", "Needs checking"), InlineData("ja-Hira", "届とどきません", "ないという", "確認かくにんが いります")]
    public async Task A_holder_that_is_stopped_and_one_that_speaks_of_somebody_else_look_different_and_leave_the_other_card_alone(string language, string silent, string meaning, string mismatch)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await hanako.Browser.OpenAsync("/self-info");

        await portal.Hub.StopAsync(TestHub.PensionAgency);
        var page = await AskAsync(hanako.Browser, language, "pension", "residence");
        page.QuerySelectorAll(".holder-unavailable").Select(StateOf).ShouldBe([silent, silent]);
        page.QuerySelector(".holder-unavailable").Words().ShouldContain(meaning);
        page.QuerySelectorAll(".holder-ready").Length.ShouldBe(1);

        await portal.Hub.PutInTroubleAsync(TestHub.City, InjectedFault.WrongPerson);
        page = await AskAsync(hanako.Browser, language, "residence");
        StateOf(page.QuerySelector(".holder-mismatch")).ShouldBe(mismatch);
        page.QuerySelectorAll("dd").ShouldBeEmpty("nothing of another person is shown");
        page.QuerySelectorAll("form[action$=retry]").ShouldBeEmpty("asking again does not help");
    }

    [Theory]
    [InlineData("garbage", "確かめられないので"), InlineData("clock", "時計が合っていない")]
    public async Task Trouble_is_told_in_plain_words(string kind, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await portal.Hub.PutInTroubleAsync(TestHub.City, FaultInjection.Read(kind)!.Value);

        (await AskAsync(hanako.Browser, "residence")).QuerySelector(".holder-unavailable").Words().ShouldContain(words);
    }

    [Theory]
    [InlineData("ja-JP", "241か月 2026年10月の時点"), InlineData("en", "241 months as of October 2026")]
    public async Task Values_are_written_with_their_unit_and_their_day_in_the_language_of_the_page(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));

        (await AskAsync(hanako.Browser, language, "pension")).QuerySelector(".holder-ready dd").Words().ShouldBe(words);
    }

    [Fact]
    public async Task A_silent_holder_can_be_asked_again_alone()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await portal.Hub.StopAsync(TestHub.PensionAgency);
        var (page, address) = await AskForAsync(hanako.Browser, "ja-JP", "pension", "residence");
        (await hanako.Browser.OpenAsync("/self-info")).QuerySelector(".theme:has(#theme-pension) .chip").Words().ShouldBe("つながりにくい");

        await portal.Hub.StartAsync(TestHub.PensionAgency);
        var asked = portal.Hub.Paths.Count(path => path == "/v1/linkages");
        using var again = await hanako.Browser.SubmitAsync(page.QuerySelector("form[action$=retry]")!);

        again.Headers.Location!.OriginalString.ShouldStartWith(address + "#card-");
        (await hanako.Browser.OpenAsync(address)).QuerySelectorAll(".holder-ready").Length.ShouldBe(2);
        portal.Hub.Paths.Count(path => path == "/v1/linkages").ShouldBe(asked + 1);
    }

    [Fact]
    public async Task Without_script_the_first_page_says_how_many_are_missing_and_a_refresh_shows_them()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await hanako.Browser.OpenAsync("/self-info");
        var hold = new TaskCompletionSource();
        var asked = 0;
        portal.Hub.Interference = async (request, send) =>
        {
            if (request.RequestUri!.AbsolutePath is "/v1/linkages" && Interlocked.Increment(ref asked) > 1)
            {
                await hold.Task;
            }

            return await send();
        };
        var address = await StartAsync(hanako.Browser, "pension", "residence");
        var run = portal.Get<IInquiryBatches>().Find(hanako.Viewer, InquiryKind.SelfInformation, Guid.Parse(address.Split('/')[^1])).ShouldNotBeNull();
        await Task.WhenAny(run.Inquiries.Select(inquiry => inquiry.Settled));

        // What a browser without script shows: the first part of the stream, without the templates that come later.
        using var answer = await hanako.Browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await FirstPartAsync(stream));
        first.QuerySelector(".run-status p").Words().ShouldStartWith("3件たずねて、1件の答えが分かりました。");
        first.QuerySelector("[role=status]").Words().ShouldBeEmpty();
        first.QuerySelectorAll(".holder-ready, .holder-empty").Length.ShouldBe(1, "what arrived in time is there");
        first.QuerySelectorAll(".holder-waiting").Length.ShouldBe(2);
        first.QuerySelector("main a.button[href='" + address + "']").Words().ShouldBe("画面を新しくする");

        hold.SetResult();
        (await hanako.Browser.OpenAsync(address)).QuerySelectorAll(".holder-ready, .holder-empty").Length.ShouldBe(3);
    }

    [Fact]
    [Requirement(95)]
    [Requirement(106)]
    public async Task What_arrived_is_gone_after_erasing_logging_out_and_a_quarter_of_an_hour()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync(cast: "hanako");
        var hanako = await portal.SignInAsync(citizen);
        (await hanako.Browser.OpenAsync("/self-info")).QuerySelector(".note-quiet").Words().ShouldBe("届いた情報は保存しません。15分たつか、ログアウトするか、「消して戻る」を押すと消えます。");
        var (page, address) = await AskForAsync(hanako.Browser, "ja-JP", "residence");
        using var erased = await hanako.Browser.SubmitAsync(page.QuerySelector("form[action$=erase]")!);
        erased.Headers.GetValues("Clear-Site-Data").ShouldBe(["\"cache\""]);
        (await hanako.Browser.OpenAsync(erased.Headers.Location!.OriginalString)).QuerySelector(".banner").Words().ShouldBe("完了：届いた情報を消しました");
        (await hanako.Browser.OpenAsync(address, expected: HttpStatusCode.NotFound)).Heading().ShouldBe("この結果は、もうありません");

        await AskForAsync(hanako.Browser, "ja-JP", "residence");
        portal.Get<InquiryBatches>().Count.ShouldBe(1);
        using var left = await RouteFixture.AskAsync(hanako.Browser, "POST", "/logout");
        portal.Get<InquiryBatches>().Count.ShouldBe(0);

        var again = await portal.SignInAsync(citizen);
        (_, address) = await AskForAsync(again.Browser, "ja-JP", "residence");
        for (var minute = 0; minute < 15; minute++)
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
            await again.Browser.OpenAsync("/help");
        }

        await again.Browser.OpenAsync(address, expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_run_of_another_browser_or_person_does_not_exist()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync(cast: "hanako");
        var hanako = await portal.SignInAsync(citizen);
        var (_, address) = await AskForAsync(hanako.Browser, "ja-JP", "residence");

        await (await portal.SignInAsync(citizen)).Browser.OpenAsync(address, expected: HttpStatusCode.NotFound);
        await (await portal.SignInAsync()).Browser.OpenAsync(address, expected: HttpStatusCode.NotFound);
        await hanako.Browser.OpenAsync(address);
    }

    [Theory]
    [InlineData("ja-JP", "カードと暗証番号"), InlineData("en", "card and PIN"), InlineData("ja-Hira", "カードと")]
    public async Task A_login_that_is_not_sure_enough_says_what_to_do(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"), AssuranceLevel.Verified);

        var page = await hanako.Browser.OpenAsync("/self-info", language);

        page.QuerySelectorAll("input[type=checkbox]").ShouldBeEmpty();
        page.QuerySelector(".card-warning").Words().ShouldContain(words);
        page.QuerySelector(".card-warning a[href='/login']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_ticked_is_an_error_at_the_first_theme()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();

        var page = await hanako.Browser.OpenAsync(await StartAsync(hanako.Browser));

        page.Title!.ShouldStartWith("エラー：");
        page.QuerySelector(".error-summary a").Words().ShouldBe("見たいものを1つ以上選んでください");
        page.QuerySelector("#theme-tax").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_hub_that_is_down_is_said_to_be_down()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await hanako.Browser.OpenAsync("/self-info");
        await portal.Hub.StopAsync(TestHub.Id);
        (await AskAsync(hanako.Browser, "residence")).QuerySelector(".holder-unavailable").Words().ShouldContain("情報連携ハブ");
        (await hanako.Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby=state-title]").Words().ShouldContain("機関への問い合わせが、いまできません");

        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        (await hanako.Browser.OpenAsync("/self-info")).QuerySelector(".empty-state h2").Words().ShouldBe("いま、機関にたずねることができません");
        await hanako.Browser.OpenAsync("/inbox");
    }

    internal static async Task<IDocument> AskAsync(HttpClient browser, params string[] themes) =>
        themes[0] is "en" or "ja-JP" or "ja-Hira" ? (await AskForAsync(browser, themes[0], themes[1..])).Page : (await AskForAsync(browser, "ja-JP", themes)).Page;

    /// <summary>Asks and waits until everything is there.</summary>
    internal static async Task<(IDocument Page, string Address)> AskForAsync(HttpClient browser, string language, params string[] themes)
    {
        var address = await StartAsync(browser, themes);
        await browser.OpenAsync(address, language);
        return (await browser.OpenAsync(address, language), address);
    }

    internal static async Task<string> StartAsync(HttpClient browser, params string[] themes)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", await RouteFixture.TokenOfAsync(browser)), .. themes.Select(theme => KeyValuePair.Create("theme", theme))]);
        using var answer = await browser.PostAsync("/self-info/start", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<string> FirstPartAsync(Stream stream)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!text.ToString().Contains("</html>", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            read.ShouldBeGreaterThan(0, text.ToString());
            text.Append(System.Text.Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static IElement CardOf(IDocument page, string item) => page.QuerySelectorAll(".holder").Single(card => card.QuerySelector("h2").Words().Contains(item, StringComparison.Ordinal));

    private static string StateOf(IElement? card) =>
        string.Join(' ', card.ShouldNotBeNull().QuerySelector(".chip")!.TextContent.Replace("（", "", StringComparison.Ordinal).Replace("）", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
