using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.App;

/// <summary>Tabs that were left open while something happened in another one.</summary>
public sealed partial class OldTabTests
{
    [Fact]
    public async Task A_second_logout_from_an_old_tab_ends_where_the_first_did()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var tab = await fixture.Browser.OpenAsync("/account");

        (await SendAsync(fixture.Browser, tab, "/logout")).Place.ShouldBe("/?done=logout");
        (await SendAsync(fixture.Browser, tab, "/logout")).Place.ShouldBe("/?done=logout");
        fixture.Browser.SessionToken.ShouldBeNull();
    }

    [Fact]
    public async Task An_old_tab_can_end_the_session_that_came_after_its_own()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var tab = await fixture.Browser.OpenAsync("/account");
        await SendAsync(fixture.Browser, tab, "/logout");
        await fixture.PassAsync();

        (await SendAsync(fixture.Browser, tab, "/logout", "http://evil.example")).Status.ShouldBe(HttpStatusCode.BadRequest, "only a page of ours may");
        (await SendAsync(fixture.Browser, tab, "/logout", origin: null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        fixture.Browser.SessionToken.ShouldNotBeNull();
        (await SendAsync(fixture.Browser, tab, "/logout")).Place.ShouldBe("/?done=logout");
        fixture.Browser.SessionToken.ShouldBeNull();
    }

    [Theory]
    [InlineData("/login"), InlineData("/enrol")]
    public async Task A_second_login_from_an_old_tab_goes_to_the_pages_of_the_person(string path)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var tab = await browser.OpenAsync(path);
        await fixture.PassAsync(browser: browser);

        (await SendAsync(browser, tab, path + "/card/start")).Place.ShouldBe("/");
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<CardTransaction>().CountAsync(one => one.State == CardTransactionState.Issued, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_login_from_a_tab_older_than_the_last_logout_starts_anew()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await SendAsync(fixture.Browser, await fixture.Browser.OpenAsync("/account"), "/logout");
        var tab = await fixture.Browser.OpenAsync("/login");
        await fixture.PassAsync();
        await SendAsync(fixture.Browser, await fixture.Browser.OpenAsync("/account"), "/logout");

        (await SendAsync(fixture.Browser, tab, "/login/card/start")).Place.ShouldBe("/login");
    }

    [Fact]
    public async Task A_refused_form_of_ours_hands_back_what_was_typed_and_can_be_sent_again()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var tab = await fixture.Browser.OpenAsync("/account/name");
        await SendAsync(fixture.Browser, await fixture.Browser.OpenAsync("/account"), "/logout");
        await fixture.PassAsync();

        var (status, _, html) = await SendAsync(fixture.Browser, tab, "/account/name", typed: ("displayName", "<花子>"));

        status.ShouldBe(HttpStatusCode.BadRequest);
        html.ShouldContain("&lt;花子&gt;");
        var (again, _, _) = await SendAsync(fixture.Browser, new Sandbox.Seeding.Page(new Uri(TestBrowser.Origin, "/account/name"), html), "/account/name");
        again.ShouldBe(HttpStatusCode.Redirect);
        (await fixture.Browser.ReadAsync("/account")).ShouldContain("&lt;花子&gt;");
    }

    [Theory]
    [InlineData("http://evil.example"), InlineData(null), InlineData("null")]
    public async Task Words_that_another_site_put_into_a_form_are_not_handed_back(string? origin)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var tab = await fixture.Browser.OpenAsync("/account/name");
        await SendAsync(fixture.Browser, await fixture.Browser.OpenAsync("/account"), "/logout");
        await fixture.PassAsync();

        var (status, _, html) = await SendAsync(fixture.Browser, tab, "/account/name", origin, ("displayName", "planted"));

        status.ShouldBe(HttpStatusCode.BadRequest);
        html.ShouldNotContain("planted");
    }

    [Fact]
    public async Task Logging_out_forgets_everything_but_the_language()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await fixture.Browser.GetAsync("/language?to=en");
        await fixture.Browser.BeginAsync(CardPurpose.StepUp);
        fixture.Browser.CookieNamed("card-binding").ShouldNotBeNull();
        var tab = await fixture.Browser.OpenAsync("/account");
        using var request = Request(tab, "/logout", "http://localhost:5080");

        using var answer = await fixture.Browser.SendAsync(request);

        answer.Headers.GetValues("Clear-Site-Data").ShouldHaveSingleItem().ShouldBe("\"cache\", \"storage\"");
        foreach (var name in (string[])["session", "form", "card-binding", "return"])
        {
            fixture.Browser.CookieNamed(name).ShouldBeNull(name);
            answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => Expired().IsMatch(cookie) && cookie.StartsWith(name + "=;", StringComparison.Ordinal), name);
        }

        fixture.Browser.CookieNamed("language").ShouldBe("en");
    }

    private static async Task<(HttpStatusCode Status, string? Place, string Html)> SendAsync(
        TestBrowser browser, Sandbox.Seeding.Page page, string action, string? origin = "http://localhost:5080", params (string Name, string Value)[] typed)
    {
        using var request = Request(page, action, origin, typed);
        using var answer = await browser.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static HttpRequestMessage Request(Sandbox.Seeding.Page page, string action, string? origin, params (string Name, string Value)[] typed)
    {
        var form = page.FormTo(action);
        var request = new HttpRequestMessage(HttpMethod.Post, form.Action)
        {
            Content = new FormUrlEncodedContent(form.Fields.Where(field => typed.All(entry => entry.Name != field.Key)).Concat(typed.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)))),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return request;
    }

    [GeneratedRegex("expires=Thu, 01 Jan 1970", RegexOptions.NonBacktracking)]
    private static partial Regex Expired();
}
