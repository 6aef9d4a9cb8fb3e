using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Identity;

/// <summary>A person has at most twenty live sessions; one more ends the one unused longest, and the person learns of it.</summary>
public sealed class ManySessionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_twenty_first_login_ends_the_one_unused_longest_says_so_and_is_recorded(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var citizen = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen;
        var others = await SignInAsync(fixture.Portal, citizen, Session.MostLive - 1);
        await fixture.Browser.ReadAsync("/account");
        var unused = others[0].Viewer.Session;

        var newest = fixture.NewBrowser();
        var sentTo = (await fixture.PassAsync(browser: newest)).ShouldNotBeNull();

        sentTo.ShouldBe("/account/devices?done=most&next=%2F");
        var page = await newest.ReadAsync(sentTo);
        page.ShouldContain("使っていなかったログインを、1つ終わらせました");
        page.ShouldContain("ログインが20をこえたため");
        page.ShouldContain("href=\"/\"");
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull("it was used a moment ago");
        await using var db = fixture.Portal.OpenDatabase();
        var sessions = await db.Set<Session>().ToListAsync(Token);
        sessions.Count(session => session.IsLiveAt(fixture.Portal.Clock.GetUtcNow())).ShouldBe(Session.MostLive);
        sessions.Single(session => session.EndedAt is not null).ShouldSatisfyAllConditions(
            ended => ended.Id.ShouldBe(unused),
            ended => ended.EndReason.ShouldBe(SessionEnd.TooMany));
        var record = (await db.Set<AccessRecord>().Where(found => found.Event == AccessEvent.SessionEnded).ToListAsync(Token)).ShouldHaveSingleItem();
        (record.Subject, record.ObjectId, record.Outcome).ShouldBe((citizen, unused.Value, "session.too-many"));
    }

    [Fact]
    public async Task A_login_in_a_browser_that_was_signed_in_takes_the_place_of_its_own_session()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var citizen = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen;
        var others = await SignInAsync(fixture.Portal, citizen, Session.MostLive - 1);

        (await fixture.PassAsync()).ShouldBe("/");

        foreach (var other in others)
        {
            (await other.Browser.GetAsync("/account", Token)).IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Sessions_that_are_over_take_no_place()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var citizen = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen;
        await SignInAsync(fixture.Portal, citizen, Session.MostLive);
        fixture.Portal.Clock.Advance(Session.IdleLimit);

        (await fixture.PassAsync(browser: fixture.NewBrowser())).ShouldBe("/");
    }

    [Theory, EveryDatabase]
    public async Task Logins_at_the_same_moment_do_not_make_more_than_twenty(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var citizen = await portal.EnrolAsync();
        await SignInAsync(portal, citizen, Session.MostLive - 2);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => BeginAsync(portal, citizen), Token)));

        await using var db = portal.OpenDatabase();
        (await db.Set<Session>().CountAsync(session => session.EndedAt == null, Token)).ShouldBe(Session.MostLive);
    }

    [Fact]
    public async Task All_others_end_with_one_button_and_each_is_recorded()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizen = await portal.EnrolAsync();
        var others = await SignInAsync(portal, citizen, 14);
        var stranger = await portal.SignInAsync();
        var here = await portal.SignInAsync(citizen);
        var page = await here.Browser.OpenAsync("/account/devices");
        page.QuerySelectorAll("main li form").Length.ShouldBe(14, "each of them can be ended, however many there are");

        using var answer = await here.Browser.SubmitAsync(page.QuerySelector("form[action='/account/devices/end-others']")!);
        var after = await here.Browser.OpenAsync(answer.Headers.Location!.OriginalString);

        after.QuerySelector(".banner").Words().ShouldBe("完了：この機器のほかのログインを、すべて終わらせました");
        after.QuerySelectorAll("main form").ShouldBeEmpty();
        foreach (var other in others)
        {
            (await portal.Get<Sessions>().ListAsync(here.Viewer, 50, Token)).Single(found => found.Id == other.Viewer.Session).EndReason.ShouldBe(SessionEnd.EndedFromAccount);
        }

        (await stranger.Browser.GetAsync("/account", Token)).IsSuccessStatusCode.ShouldBeTrue("nobody ends the sessions of somebody else");
        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.SessionEnded && record.Subject == citizen, Token)).ShouldBe(14);
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("")]
    public async Task The_way_on_after_a_login_never_leads_to_another_site(string next)
    {
        await using var portal = await TestPortal.StartAsync();
        var here = await portal.SignInAsync();

        var page = await here.Browser.OpenAsync($"/account/devices?done=most&next={Uri.EscapeDataString(next)}");

        page.QuerySelectorAll(".banner a").ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<SignedIn>> SignInAsync(TestPortal portal, MyPortal.Kernel.CitizenId citizen, int count)
    {
        var sessions = new List<SignedIn>();
        for (var number = 0; number < count; number++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
            sessions.Add(await portal.SignInAsync(citizen));
        }

        portal.Clock.Advance(TimeSpan.FromSeconds(61));
        return sessions;
    }

    private static async Task BeginAsync(TestPortal portal, MyPortal.Kernel.CitizenId citizen)
    {
        await using var db = portal.OpenDatabase();
        await using var work = await db.Database.BeginTransactionAsync(Token);
        await portal.Get<Sessions>().BeginAsync(db, citizen, new SessionBasis(AssuranceLevel.CardWithPin, LoginEvidence.CardPin, TerminalClass.OwnDevice, ""), Token);
        await db.SaveChangesAsync(Token);
        await work.CommitAsync(Token);
    }
}
