using System.Net;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Account;

public sealed class DevicesPageTests
{
    [Fact]
    public async Task Devices_in_use_come_first_and_only_the_others_can_be_ended()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync();
        await portal.SignInAsync(citizen);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await portal.SignInAsync(citizen);
        var here = await portal.SignInAsync(citizen);

        var page = await here.Browser.OpenAsync("/account/devices");

        page.QuerySelectorAll("main h2").Select(h => h.Words()).ShouldBe(["ログイン中", "終わったログイン"]);
        var lists = page.QuerySelectorAll("main ul.cards");
        lists[0].Children.Length.ShouldBe(2);
        lists[1].Children.Length.ShouldBe(1);
        lists[0].QuerySelectorAll("h3").ShouldContain(h => h.Words() == "Linux / Chrome この機器");
        page.QuerySelectorAll("main li form").Length.ShouldBe(1, "this device ends by logging out, what is over need not be ended");
        page.QuerySelector("main form button").Words().ShouldBe("ログインを終わらせる Linux / Chrome");
    }

    [Fact]
    public async Task Ending_a_device_says_so_and_takes_it_from_the_list_in_use()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync();
        var other = await portal.SignInAsync(citizen);
        var here = await portal.SignInAsync(citizen);
        var form = (await here.Browser.OpenAsync("/account/devices")).QuerySelector("main form")!;

        using var answer = await here.Browser.SubmitAsync(form);
        var page = await here.Browser.OpenAsync(answer.Headers.Location!.OriginalString);

        page.Title!.ShouldStartWith("完了：ログインした機器");
        page.QuerySelector(".banner").Words().ShouldBe("完了：その機器のログインを終わらせました");
        page.QuerySelectorAll("main form").ShouldBeEmpty();
        using var gone = await other.Browser.GetAsync("/inbox", TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        using var again = await here.Browser.SubmitAsync(form);
        (await here.Browser.OpenAsync(again.Headers.Location!.OriginalString)).QuerySelector(".banner").Words().ShouldBe("お知らせ：そのログインは、もう終わっています");
    }
}
