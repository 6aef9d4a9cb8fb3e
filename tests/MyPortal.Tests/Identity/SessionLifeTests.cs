using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Identity;

public sealed class SessionLifeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_session_ends_after_fifteen_minutes_without_a_request()
    {
        await using var world = await CardWorld.EnrolledAsync();

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(15));
        (await world.Browser.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_however_busy_it_is()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var end = world.Portal.Clock.GetUtcNow().AddHours(8);
        while (world.Portal.Clock.GetUtcNow().AddMinutes(14) < end)
        {
            world.Portal.Clock.Advance(TimeSpan.FromMinutes(14));
            (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        }

        world.Portal.Clock.Advance(end - world.Portal.Clock.GetUtcNow() - Second);
        (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        world.Portal.Clock.Advance(Second);
        (await world.Browser.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Logging_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var copy = world.NewBrowser();
        copy.SetCookie("session", world.Browser.SessionToken!);
        (await copy.SentOnFromAsync("/account")).ShouldBeNull();

        (await world.Browser.SubmitAsync("/account", "/logout")).ShouldBe("/?done=logout");

        world.Browser.SessionToken.ShouldBeNull();
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_replaces_the_session()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var copy = world.NewBrowser();
        copy.SetCookie("session", world.Browser.SessionToken!);

        await world.PassAsync();

        (world.Browser.SessionToken == copy.SessionToken).ShouldBeFalse();
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
        (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_in_with_another_persons_card_ends_the_session_of_the_first()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var first = (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull();
        var copy = world.NewBrowser();
        copy.SetCookie("session", world.Browser.SessionToken!);

        (await world.PassAsync(CardPurpose.Enrol, card: await TestCard.AnotherPersonsAsync())).ShouldBe("/enrol/name");

        (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().Citizen.ShouldNotBe(first.Citizen);
        (await copy.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task Signing_in_in_another_browser_leaves_the_first_alone()
    {
        await using var world = await CardWorld.EnrolledAsync();

        await world.PassAsync(browser: world.NewBrowser());

        (await world.Browser.SentOnFromAsync("/account")).ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public async Task What_came_since_the_previous_session_began_is_new_for_the_whole_session(Engine engine)
    {
        await using var world = await CardWorld.EnrolledAsync(engine);
        var enrolled = world.Portal.Clock.GetUtcNow();
        (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().NewSince.ShouldBe(DateTimeOffset.UnixEpoch);

        world.Portal.Clock.Advance(TimeSpan.FromHours(1));
        var second = world.Portal.Clock.GetUtcNow();
        await world.PassAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Browser.ReadAsync("/account");
        (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().NewSince.ShouldBe(enrolled);

        await world.PassAsync();
        (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().NewSince.ShouldBe(second);
    }
}
