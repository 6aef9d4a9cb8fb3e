using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Home;

public sealed class SignedInHomePageTests
{
    [Fact]
    public async Task Home_says_whose_page_it_is()
    {
        await using var portal = await TestPortal.StartAsync();

        (await (await portal.SignInAsync(await portal.EnrolAsync("花子"))).Browser.OpenAsync("/")).Heading().ShouldBe("花子さんのページ");
        (await (await portal.SignInAsync()).Browser.OpenAsync("/")).Heading().ShouldBe("あなたのページ");
    }

    [Fact]
    public async Task Home_names_the_login_before_this_one_and_leads_to_the_devices()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync();
        var first = await portal.SignInAsync(citizen);
        (await first.Browser.OpenAsync("/")).QuerySelector(".last-login").ShouldBeNull("there was no login before the first");
        var began = portal.Clock.GetUtcNow();

        portal.Clock.Advance(TimeSpan.FromDays(2));
        var last = (await (await portal.SignInAsync(citizen)).Browser.OpenAsync("/")).QuerySelector(".last-login")!;

        DateTimeOffset.Parse(last.QuerySelector("time")!.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(began);
        last.Words().ShouldStartWith("前回のログイン");
        last.Words().ShouldContain("Linux / Chrome");
        last.QuerySelector("a")!.GetAttribute("href").ShouldBe("/account/devices");
    }

    [Fact]
    public async Task A_new_citizen_is_reminded_of_the_loss_code_until_it_is_written_down()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        (await hanako.Browser.OpenAsync("/")).QuerySelector("main a[href='/account/loss-code']").ShouldNotBeNull();

        var page = await hanako.Browser.OpenAsync("/account/loss-code");
        using var kept = await hanako.Browser.SubmitAsync(page.QuerySelector("main form")!);

        (await hanako.Browser.OpenAsync("/")).QuerySelector("main a[href='/account/loss-code']").ShouldBeNull();
    }

    [Fact]
    public async Task Home_shows_the_three_newest_unread_notices_and_counts_the_rest()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        (await hanako.Browser.OpenAsync("/")).QuerySelector("#notices-title").Words().ShouldBe("新しいお知らせ");

        foreach (var title in new[] { "一", "二", "三", "四" })
        {
            await city.SendAsync(hanako.Citizen, title);
        }

        var page = await hanako.Browser.OpenAsync("/");
        page.QuerySelector("#notices-title").Words().ShouldBe("新しいお知らせ（未読4件）");
        page.QuerySelectorAll(".tile h3").Select(h => h.Words()).ShouldBe(["未読 新着 四", "未読 新着 三", "未読 新着 二"]);
        page.QuerySelector("nav.services .badge + .visually-hidden").Words().ShouldBe("未読4件");
    }

    [Theory]
    [InlineData(400, false), InlineData(60, true)]
    public async Task The_card_tile_warns_when_the_certificate_can_be_renewed(int daysLeft, bool warns)
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync();
        portal.Clock.Advance(portal.Clock.GetUtcNow().AddYears(4) - portal.Clock.GetUtcNow() - TimeSpan.FromDays(daysLeft));

        var tile = (await (await portal.SignInAsync(citizen)).Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby='your-card-title']");

        tile.Words().ShouldContain("電子証明書の有効期限");
        tile.Words().Contains("期限が近づいています", StringComparison.Ordinal).ShouldBe(warns);
    }
}
