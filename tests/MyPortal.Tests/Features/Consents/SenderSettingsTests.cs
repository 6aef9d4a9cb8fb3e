using System.Net;
using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class SenderSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sender_whose_notices_are_not_received_is_refused_until_they_are_again()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        await SaveAsync(hanako.Browser, midori, []);
        using var refused = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient));
        (await hanako.Browser.OpenAsync("/senders")).QuerySelector(".chip-warning").Words().ShouldBe("受け取りを止めています");
        await SaveAsync(hanako.Browser, midori, [("receive", "true")]);
        using var taken = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient));

        (await refused.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, Token))!.Code.ShouldBe("notice.recipient-stopped");
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_is_not_to_be_announced_lies_in_the_inbox_and_not_on_the_home_page()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var city = await TestBusiness.OpenAsync(portal, "さくら市", TestBusiness.Law);
        var hanako = await portal.SignInAsync();
        using var loud = await midori.Sender.PostAsync(TestSender.Letter((await midori.ConnectAsync(hanako.Browser)).Recipient, "うるさい"));
        using var quiet = await city.Sender.PostAsync(TestSender.Letter((await LawTests.LinkAsync(city, hanako.Browser)).Recipient, "しずか"));
        (await TileAsync()).ShouldContain("うるさい");

        await SaveAsync(hanako.Browser, midori, [("receive", "true")]);

        (await TileAsync()).ShouldNotContain("うるさい");
        (await TileAsync()).ShouldContain("しずか");
        (await hanako.Browser.OpenAsync("/inbox")).QuerySelector("main").Words().ShouldContain("うるさい");
        await SaveAsync(hanako.Browser, city, []);
        (await TileAsync()).ShouldContain("知らせることにした送信元からの、新しいお知らせはありません");

        async Task<string> TileAsync() => (await hanako.Browser.OpenAsync("/")).QuerySelector("[aria-labelledby=notices-title]").Words();
    }

    [Fact]
    public async Task What_a_law_lets_arrive_has_no_switch_and_cannot_be_switched_off_by_a_forged_form()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestBusiness.OpenAsync(portal, "さくら市", TestBusiness.Law);
        var hanako = await portal.SignInAsync();
        var result = await LawTests.LinkAsync(city, hanako.Browser);
        var page = await hanako.Browser.OpenAsync($"/senders/{city.Sender.Id}");

        page.QuerySelector("input[name=receive]").ShouldBeNull();
        page.QuerySelector("main").Words().ShouldContain("法律により止められません");
        await SaveAsync(hanako.Browser, city, []);
        (await city.Sender.PostAsync(TestSender.Letter(result.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_sender_learns_of_an_opening_only_where_the_person_said_so()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        using var posted = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient));
        var location = posted.Headers.Location!.OriginalString;
        var notice = await hanako.Browser.OpenAsync("/inbox/" + location.Split('/')[^1]);
        notice.QuerySelector(".notice-about").Words().ShouldNotContain("あなたがこのお知らせを開いたこと");

        (await OpenedAsync(midori, location)).ShouldBe("withheld");
        await SaveAsync(hanako.Browser, midori, [("receive", "true"), ("opened", "true")]);
        (await OpenedAsync(midori, location)).ShouldNotBe("withheld", StringComparer.Ordinal);
        (await hanako.Browser.OpenAsync("/inbox/" + location.Split('/')[^1])).QuerySelector(".notice-about").Words().ShouldContain("あなたがこのお知らせを開いたこと");
    }

    [Fact]
    public async Task The_item_of_the_consent_sets_what_the_sender_learns()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();

        await midori.ConnectAsync(hanako.Browser, "recipient-code", "opened");

        (await hanako.Browser.OpenAsync($"/senders/{midori.Sender.Id}")).QuerySelector("input[name=opened]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_changes_another_persons_settings()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        await taro.Browser.OpenAsync($"/senders/{midori.Sender.Id}", expected: HttpStatusCode.NotFound);
        var form = (await taro.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        form.SetAttribute("action", $"/senders/{midori.Sender.Id}/save");

        using var saved = await TestBusiness.SendAsync(taro.Browser, form, [("service", midori.Sender.Service.ToString())]);

        (await midori.Sender.PostAsync(TestSender.Letter(result.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static async Task SaveAsync(HttpClient browser, TestBusiness sender, IReadOnlyList<(string Name, string Value)> ticks)
    {
        var form = (await browser.OpenAsync($"/senders/{sender.Sender.Id}")).QuerySelector("main form")!;
        using var saved = await TestBusiness.SendAsync(browser, form, ticks);
        (await browser.OpenAsync(saved.Headers.Location!.OriginalString)).Title!.ShouldStartWith("完了：");
    }

    private static async Task<string> OpenedAsync(TestBusiness midori, string location) =>
        (await midori.Sender.Http.GetFromJsonAsync<NoticeStatus>(location, ContractJson.Options, Token))!.Opened;
}
