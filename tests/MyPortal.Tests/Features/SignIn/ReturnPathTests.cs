using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.SignIn;

public sealed class ReturnPathTests
{
    [Fact]
    public async Task After_signing_in_the_person_is_where_the_login_page_came_in_between()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();

        (await browser.SentOnFromAsync("/account/devices?done=gone")).ShouldBe("/login");

        (await fixture.PassAsync(browser: browser)).ShouldBe("/account/devices?done=gone");
    }

    [Fact]
    public async Task The_way_back_is_taken_once()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        await browser.SentOnFromAsync("/account");
        await fixture.PassAsync(browser: browser);

        (await fixture.PassAsync(browser: browser)).ShouldBe("/");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    public async Task A_planted_way_back_never_leaves_the_portal(string planted)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        browser.SetCookie("return", planted);

        (await fixture.PassAsync(browser: browser)).ShouldBe("/");
    }

    [Fact]
    public async Task A_planted_way_back_that_is_too_long_to_keep_leads_home()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        browser.SetCookie("return", "/" + new string('a', 300));

        (await fixture.PassAsync(browser: browser)).ShouldBe("/");
    }

    [Fact]
    public async Task The_way_back_is_nowhere_in_the_addresses_that_leave_the_browser()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        await browser.SentOnFromAsync("/account/devices?done=gone");

        var begun = await browser.BeginAsync(CardPurpose.Login);

        (await browser.ReadAsync($"/login/card/{begun.Transaction}")).ShouldNotContain("done=gone\"");
        begun.Ticket.ToString().ShouldNotContain("devices");
    }
}
