using System.Net;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Account;

public sealed class AccountPageTests
{
    [Theory]
    [InlineData("ja-JP", "アカウント – マイ・ポータル", "花子 変える", "15分間"), InlineData("en", "Account – MyPortal", "花子 Change", "15 minutes")]
    public async Task The_account_tells_name_certificate_and_how_long_a_login_lasts(string language, string title, string name, string limit)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await (await portal.SignInAsync(await portal.EnrolAsync("花子"))).Browser.OpenAsync("/account", language);

        page.Title.ShouldBe(title);
        var rows = page.QuerySelectorAll("main .summary-row").Select(row => row.Words()).ToArray();
        rows.ShouldContain(row => row.Contains("花子", StringComparison.Ordinal));
        page.QuerySelector("main a[href='/account/name']").ShouldNotBeNull();
        page.QuerySelector("main").Words().ShouldContain(limit);
        page.QuerySelector("main form[action='/logout'] button").ShouldNotBeNull();
        name.ShouldEndWith(page.QuerySelector("main a[href='/account/name']")!.LastChild!.TextContent.Trim());
    }

    [Fact]
    public async Task Without_a_name_the_account_says_so()
    {
        await using var portal = await TestPortal.StartAsync();

        (await (await portal.SignInAsync()).Browser.OpenAsync("/account")).QuerySelector("main").Words().ShouldContain("まだ決めていません");
    }

    [Fact]
    public async Task After_saving_the_title_begins_with_done()
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await (await portal.SignInAsync()).Browser.OpenAsync("/account?done=name");

        page.Title!.ShouldStartWith("完了：");
        page.QuerySelector("[role=status].banner").Words().ShouldBe("完了：呼び名を保存しました");
    }

    [Theory]
    [InlineData("/account"), InlineData("/account/name"), InlineData("/account/devices"), InlineData("/account/loss-code"), InlineData("/enrol/name"), InlineData("/enrol/loss-code")]
    public async Task Strangers_are_sent_to_the_login_page(string path)
    {
        await using var portal = await TestPortal.StartAsync();
        using var answer = await portal.Browser().GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/login");
    }

    [Theory]
    [InlineData("/account"), InlineData("/account/name"), InlineData("/account/devices"), InlineData("/account/loss-code")]
    public async Task Easy_Japanese_has_a_reading_above_every_kanji(string path)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await (await portal.SignInAsync(level: AssuranceLevel.Verified)).Browser.OpenAsync(path, "ja-Hira");

        foreach (var ruby in page.QuerySelectorAll("ruby"))
        {
            ruby.Remove();
        }

        page.QuerySelector("main").Words().ShouldAllBe(letter => letter < '一' || letter > '龯');
    }
}
