using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Identity;

public sealed class SessionLifeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_session_ends_after_fifteen_minutes_without_a_request()
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(15));
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_however_busy_it_is()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var end = fixture.Portal.Clock.GetUtcNow().AddHours(8);
        while (fixture.Portal.Clock.GetUtcNow().AddMinutes(14) < end)
        {
            fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(14));
            (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        }

        fixture.Portal.Clock.Advance(end - fixture.Portal.Clock.GetUtcNow() - Second);
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        fixture.Portal.Clock.Advance(Second);
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Logging_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var copy = fixture.NewBrowser();
        copy.SetCookie("session", fixture.Browser.SessionToken!);
        (await copy.SentOnFromAsync("/account")).ShouldBeNull();

        (await fixture.Browser.SubmitAsync("/account", "/logout")).ShouldBe("/?done=logout");

        fixture.Browser.SessionToken.ShouldBeNull();
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_replaces_the_session()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var copy = fixture.NewBrowser();
        copy.SetCookie("session", fixture.Browser.SessionToken!);

        await fixture.PassAsync();

        (fixture.Browser.SessionToken == copy.SessionToken).ShouldBeFalse();
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_in_with_another_persons_card_ends_the_session_of_the_first()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var first = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        var copy = fixture.NewBrowser();
        copy.SetCookie("session", fixture.Browser.SessionToken!);

        (await fixture.PassAsync(CardPurpose.Enrol, card: await TestCard.AnotherPersonsAsync())).ShouldBe("/enrol/name");

        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen.ShouldNotBe(first.Citizen);
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Signing_in_in_another_browser_leaves_the_first_alone()
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        await fixture.PassAsync(browser: fixture.NewBrowser());

        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public async Task What_came_since_the_previous_session_began_is_new_for_the_whole_session(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var enrolled = fixture.Portal.Clock.GetUtcNow();
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().NewSince.ShouldBe(DateTimeOffset.UnixEpoch);

        fixture.Portal.Clock.Advance(TimeSpan.FromHours(1));
        var second = fixture.Portal.Clock.GetUtcNow();
        await fixture.PassAsync();
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await fixture.Browser.ReadAsync("/account");
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().NewSince.ShouldBe(enrolled);

        await fixture.PassAsync();
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().NewSince.ShouldBe(second);
    }
}
