using System.Net;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

/// <summary>The one-time secrets of a consent's way through the browser live as long as they should, whatever the clock does.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_from_before_the_clock_was_set_back_is_over_now_and_when_the_clock_has_caught_up()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var address = await midori.StartAddressAsync();
        portal.Clock.SetBack(Hour);

        (await TestBusiness.FollowAsync(portal.Browser(), address)).ShouldStartWith("/consents/problem");
        await portal.CleanAsync();
        portal.Clock.Advance(Hour);
        (await TestBusiness.FollowAsync(portal.Browser(), address)).ShouldStartWith("/consents/problem");
    }

    [Fact]
    public async Task A_code_from_before_the_clock_was_set_back_fetches_nothing_and_a_new_one_does()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser);
        var code = (await TestBusiness.ReturnAsync(hanako.Browser, consent))["code"];
        portal.Clock.SetBack(Hour);
        await midori.Sender.SignInAsync();
        var again = await portal.SignInAsync(hanako.Citizen);

        using var old = await midori.FetchAsync(code);
        using var fresh = await midori.FetchAsync((await TestBusiness.ReturnAsync(again.Browser, consent))["code"]);

        old.IsSuccessStatusCode.ShouldBeFalse();
        fresh.StatusCode.ShouldBe(HttpStatusCode.OK, await fresh.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_statement_is_taken_once_even_when_the_clock_was_an_hour_ahead_for_a_while()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var statement = midori.Sign(midori.Claims());
        using var first = await midori.PushAsync(statement);
        portal.Clock.Advance(Hour);
        await portal.CleanAsync();
        portal.Clock.SetBack(Hour);
        await midori.Sender.SignInAsync();

        using var again = await midori.PushAsync(statement);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.IsSuccessStatusCode.ShouldBeFalse();
    }
}
