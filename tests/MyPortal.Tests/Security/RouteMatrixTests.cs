using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using MyPortal.App;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

public sealed class RouteMatrixTests
{
    [Fact]
    public async Task Every_route_is_expected_and_every_expected_route_exists()
    {
        await using var fixture = await RouteFixture.CreateAsync();

        fixture.Routes.Order(StringComparer.Ordinal).ShouldBe(
            ExpectedAnswers.All.Keys.Order(StringComparer.Ordinal), $"a new route goes into {nameof(ExpectedAnswers)} together with what it answers to whom");
        ExpectedAnswers.All.ShouldAllBe(row => row.Value.Length == Enum.GetValues<Visitor>().Length);
    }

    [Theory]
    [InlineData(Visitor.SignedOut), InlineData(Visitor.OwnerAtLevel1), InlineData(Visitor.OwnerAtLevel2), InlineData(Visitor.OwnerAtLevel3), InlineData(Visitor.OtherCitizen)]
    public async Task Every_route_answers_each_visitor_as_expected(Visitor visitor)
    {
        await using var fixture = await RouteFixture.CreateAsync();
        var wrong = new List<string>();
        foreach (var row in fixture.Routes)
        {
            var (verb, route) = (row.Split(' ')[0], row.Split(' ')[1]);
            var expected = ExpectedAnswers.All[row][(int)visitor];
            var address = await fixture.AddressOfAsync(route);
            using var answer = await RouteFixture.AskAsync(await fixture.BrowserOfAsync(visitor), verb, address);
            var place = answer.Headers.Location is { } location ? ">" + location.OriginalString : "";
            var got = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture) + place;
            if (expected.EndsWith('*') ? !got.StartsWith(expected[..^1], StringComparison.Ordinal) : got != expected)
            {
                wrong.Add($"{row}: {got} instead of {expected}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PUT"), InlineData("DELETE"), InlineData("PATCH"), InlineData("OPTIONS"), InlineData("TRACE"), InlineData("BREW")]
    public async Task No_route_answers_a_verb_it_does_not_name(string verb)
    {
        await using var fixture = await RouteFixture.CreateAsync();
        var browser = await fixture.BrowserOfAsync(Visitor.OwnerAtLevel3);
        foreach (var route in fixture.Routes.Where(row => !row.StartsWith("ANY", StringComparison.Ordinal)).Select(row => row.Split(' ')[1]).Distinct(StringComparer.Ordinal))
        {
            using var answer = await RouteFixture.AskAsync(browser, verb, await fixture.AddressOfAsync(route));

            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("no token"), InlineData("another person's token")]
    public async Task Whatever_a_form_of_ours_did_not_send_is_refused_and_changes_nothing(string token)
    {
        await using var fixture = await RouteFixture.CreateAsync();
        var unsafeRoutes = fixture.Routes.Where(row => !row.StartsWith("GET", StringComparison.Ordinal) && !row.StartsWith("HEAD", StringComparison.Ordinal) && !row.StartsWith("ANY", StringComparison.Ordinal))
            .Select(row => (Verb: row.Split(' ')[0], Route: row.Split(' ')[1]))
            .Where(row => !FormProtection.IsProgram(row.Route.Split('{')[0])).ToList();
        unsafeRoutes.Count.ShouldBeGreaterThan(15);

        // Before the browser signs in: making all these things takes more logins of the owner than a person may have at once.
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, route) in unsafeRoutes)
        {
            addresses[route] = await fixture.AddressOfAsync(route);
        }

        var browser = await fixture.BrowserOfAsync(Visitor.OwnerAtLevel3);
        var stranger = await fixture.BrowserOfAsync(Visitor.OtherCitizen);

        // As an operator of all roles, so that nothing but the token keeps the endpoints of the console closed.
        await fixture.AppointOwnerAsync();
        await browser.OpenAsync("/admin");
        var foreignToken = await RouteFixture.TokenOfAsync(stranger);
        await RouteFixture.TokenOfAsync(browser);
        foreach (var (verb, route) in unsafeRoutes)
        {
            var before = await fixture.EverythingStoredAsync();
            using var request = new HttpRequestMessage(new HttpMethod(verb), addresses[route]);
            request.Content = new FormUrlEncodedContent(
                token is "no token" ? [KeyValuePair.Create("displayName", "x"), KeyValuePair.Create("_handler", "name")]
                : [KeyValuePair.Create("displayName", "x"), KeyValuePair.Create("_handler", "name"), KeyValuePair.Create("__RequestVerificationToken", foreignToken)]);
            using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

            // A login or enrolment that is begun with a token that is no longer good goes to where the person is, and begins nothing.
            var isOldTab = token is not "no token" && route is ("/login/card/start" or "/enrol/card/start");
            answer.StatusCode.ShouldBe(isOldTab ? HttpStatusCode.SeeOther : HttpStatusCode.BadRequest, $"{verb} {route}");
            (await fixture.EverythingStoredAsync()).ShouldBe(before, $"{verb} {route}");
        }
    }

    [Theory]
    [InlineData("GET", "/inbox/{Id:guid}"), InlineData("POST", "/account/devices/{id:guid}/end"), InlineData("GET", "/login/card/{Id:guid}"), InlineData("GET", "/enrol/card/{Id:guid}"),
     InlineData("GET", "/self-info/results/{Id:guid}"), InlineData("GET", "/access-log/{Id:guid}"), InlineData("POST", "/self-info/results/{id:guid}/{number:int}/retry"),
     InlineData("GET", "/consents/{Id:guid}"), InlineData("GET", "/consents/requests/{Id:guid}"), InlineData("POST", "/consents/{id:guid}/end"), InlineData("GET", "/senders/{Id:guid}"),
     InlineData("GET", "/proxy/{Id:guid}"), InlineData("GET", "/proxy/{Id:guid}/end"), InlineData("GET", "/proxy/invitations/{Id:guid}")]
    public async Task What_belongs_to_somebody_else_answers_exactly_like_what_does_not_exist(string verb, string route)
    {
        await using var fixture = await RouteFixture.CreateAsync();
        var browser = await fixture.BrowserOfAsync(Visitor.OtherCitizen);
        var foreign = await fixture.AddressOfAsync(route);
        await RouteFixture.TokenOfAsync(browser);
        var missing = WithAnotherEnd(foreign);
        using var first = await RouteFixture.AskAsync(browser, verb, foreign);
        using var second = await RouteFixture.AskAsync(browser, verb, missing);

        (await RouteFixture.BareTextOfAsync(first, foreign)).ShouldBe(await RouteFixture.BareTextOfAsync(second, missing));
        first.Headers.Select(header => header.Key).ShouldBe(second.Headers.Select(header => header.Key));
    }

    // Its beginning may say which process made it, and that is the same process for both.
    private static string WithAnotherEnd(string address)
    {
        var id = Guid.Parse(address.Split('/').First(part => Guid.TryParse(part, out _)));
        return address.Replace(id.ToString("D"), new Guid([.. id.ToByteArray().AsSpan(0, 8), .. Guid.NewGuid().ToByteArray().AsSpan(8)]).ToString("D"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_a_stranger_tried_to_end_lives_on()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();

        using var answer = await RouteFixture.AskAsync(taro.Browser, "POST", $"/account/devices/{hanako.Viewer.Session}/end");

        answer.Headers.Location!.OriginalString.ShouldBe("/account/devices?done=gone");
        (await hanako.Browser.GetAsync("/inbox", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Static_assets_are_the_same_for_everybody()
    {
        await using var fixture = await RouteFixture.CreateAsync();
        var assets = fixture.Portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct(StringComparer.Ordinal).ToList();
        assets.ShouldNotBeEmpty();
        foreach (var asset in assets)
        {
            using var stranger = await (await fixture.BrowserOfAsync(Visitor.SignedOut)).GetAsync("/" + asset, TestContext.Current.CancellationToken);
            using var owner = await (await fixture.BrowserOfAsync(Visitor.OwnerAtLevel3)).GetAsync("/" + asset, TestContext.Current.CancellationToken);

            stranger.StatusCode.ShouldBe(HttpStatusCode.OK, asset);
            (await owner.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(await stranger.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), asset);
        }
    }
}
