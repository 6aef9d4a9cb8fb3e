using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.SignIn;
using MyPortal.Tests.Fixtures;
using MyPortal.Web;

namespace MyPortal.Tests.Security;

public sealed class RateLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The values that docs/operations.md promises.</summary>
    [Fact]
    public void The_limits_a_minute_are_these() => RequestRateLimitOptions.From(new ConfigurationBuilder().Build())
        .ShouldBe(new RequestRateLimitOptions { PerIpv4Address = 600, PerIpv6Block = 120, PerSession = 600, PerSender = 6000 });

    [Theory]
    [InlineData("0"), InlineData("-1")]
    public void A_limit_of_nothing_does_not_start(string limit) => Should.Throw<InvalidOperationException>(
        () => RequestRateLimitOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("RateLimits:PerSession", limit)]).Build())).Message.ShouldContain("RateLimits:PerSession");

    [Fact]
    public async Task What_is_configured_is_exactly_what_passes_and_the_stranger_learns_when_to_come_back()
    {
        await using var portal = await StartAsync(("PerIpv6Block", 3));
        using var browser = From(portal, "2001:db8:1:2::1");
        for (var i = 0; i < 3; i++)
        {
            using var good = await RouteFixture.AskAsync(browser, "POST", "/login/card/start");
            good.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/login/card/start") { Headers = { { "Accept-Language", "en" } } };
        using var refused = await browser.SendAsync(request, Token);
        using var neighbour = From(portal, "2001:db8:1:2:ffff::9");
        using var same = await RouteFixture.AskAsync(neighbour, "POST", "/login/card/start");
        using var stranger = From(portal, "2001:db8:1:3::1");
        using var other = await RouteFixture.AskAsync(stranger, "POST", "/login/card/start");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await refused.Content.ReadAsStringAsync(Token)).ShouldContain("We are busy right now");
        same.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        other.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync("/login", Token)).StatusCode.ShouldBe(HttpStatusCode.OK, "reading stays free");
        await using var db = portal.OpenDatabase();
        (await db.Set<CardTransaction>().CountAsync(Token)).ShouldBe(4);
    }

    /// <summary>Every endpoint at which somebody unknown makes the portal write.</summary>
    [Theory]
    [InlineData("POST", "/login/card/start"), InlineData("POST", "/enrol/card/start"), InlineData("GET", "/card/complete?code=unknown"), InlineData("GET", "/consents/start?client_id=a&request_uri=b"),
     InlineData("GET", "/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("POST", "/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/response"), InlineData("POST", "/api/v1/token"),
     InlineData("GET", "/api/v1/notices/00000000-0000-0000-0000-000000000000"), InlineData("POST", "/api/v1/notices"), InlineData("POST", "/api/v1/consent-requests"),
     InlineData("POST", "/api/v1/consent-results"), InlineData("POST", "/api/v1/consent-acknowledgements")]
    public async Task Every_door_of_strangers_closes_and_then_writes_nothing(string verb, string address)
    {
        await using var portal = await StartAsync(("PerIpv4Address", 2));
        using var browser = From(portal, "192.0.2.1");
        (await AskAsync(browser, verb, address)).ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await AskAsync(browser, verb, address)).ShouldNotBe(HttpStatusCode.TooManyRequests);
        var before = await RecordsAsync(portal);

        (await AskAsync(browser, verb, address)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await RecordsAsync(portal)).ShouldBe(before);
        using var elsewhere = From(portal, "192.0.2.2");
        (await AskAsync(elsewhere, verb, address)).ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_program_learns_the_code_and_the_seconds()
    {
        await using var portal = await StartAsync(("PerIpv4Address", 1));
        using var program = From(portal, "192.0.2.1");
        await program.GetAsync("/api/v1/notices/00000000-0000-0000-0000-000000000000", Token);

        using var answer = await program.PostAsync("/api/v1/token", content: null, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "what one endpoint took is gone at the others");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, Token))!.Code.ShouldBe("request.too-many");
    }

    [Fact]
    public async Task A_sender_that_proves_itself_is_counted_for_itself()
    {
        await using var portal = await StartAsync(("PerIpv4Address", 2), ("PerSender", 3));
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal);
        for (var i = 0; i < 3; i++)
        {
            (await AskAsync(city.Http, "GET", $"/api/v1/notices/{Guid.Empty}")).ShouldBe(HttpStatusCode.NotFound);
        }

        using var answer = await city.Http.GetAsync($"/api/v1/notices/{Guid.Empty}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await AskAsync(power.Http, "GET", $"/api/v1/notices/{Guid.Empty}")).ShouldBe(HttpStatusCode.NotFound, "another sender at the same address is not held up");
    }

    [Fact]
    public async Task A_session_is_counted_for_itself_and_keeps_what_was_typed()
    {
        await using var portal = await StartAsync(("PerSession", 2));
        var hanako = await portal.SignInAsync();
        var form = (await hanako.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        hanako.Browser.DefaultRequestHeaders.Add("Origin", "http://localhost:5080");
        using var first = await hanako.Browser.SubmitAsync(form, ("displayName", "花子"));
        using var second = await hanako.Browser.SubmitAsync(form, ("displayName", "長い名前の花子"));

        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var page = await ReadPage.ParseAsync(second);
        page.QuerySelector("main input[name=displayName]")!.GetAttribute("value").ShouldBe("長い名前の花子");
        page.QuerySelector("main form")!.GetAttribute("action").ShouldBe("/account/name");
        (await AskAsync((await portal.SignInAsync(hanako.Citizen)).Browser, "GET", "/account")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(hanako.Browser, "GET", "/css/base.css")).ShouldBe(HttpStatusCode.OK, "what everybody gets is not counted");
    }

    [Fact]
    public async Task A_flood_from_everywhere_is_counted_in_a_bounded_number_of_places()
    {
        using var limits = new RequestRateLimits(new RequestRateLimitOptions { PerIpv6Block = 1 });
        var passed = 0;
        for (var i = 0; i < 4 * RequestRateLimits.MostBlocks; i++)
        {
            var http = new DefaultHttpContext();
            http.Connection.RemoteIpAddress = new IPAddress([0x20, 0x01, 0x0d, 0xb8, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0, 1]);
            passed += limits.MayStrangerWrite(http) ? 1 : 0;
        }

        // With four blocks for each place nearly every place is used, and none twice.
        passed.ShouldBeInRange(RequestRateLimits.MostBlocks * 9 / 10, RequestRateLimits.MostBlocks);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(null, "203.0.113.7", "192.0.2.1"), InlineData("192.0.2.0/24", "203.0.113.7", "203.0.113.7"), InlineData("192.0.2.1", "203.0.113.7, 192.0.2.1", "203.0.113.7"),
     InlineData("198.51.100.1", "203.0.113.7", "192.0.2.1"), InlineData("192.0.2.1", "evil, 203.0.113.7", "203.0.113.7")]
    public async Task Only_a_listed_proxy_is_believed_about_who_came(string? proxy, string forwarded, string counted)
    {
        await using var portal = await TestPortal.StartAsync(configure: web =>
        {
            web.UseSetting("RateLimits:PerIpv4Address", "1");
            web.ConfigureTestServices(services => services.AddTransient<IStartupFilter, Arrival>());
            if (proxy is not null)
            {
                web.UseSetting("Portal:Proxies:0", proxy);
            }
        });
        using var behind = From(portal, "192.0.2.1");
        behind.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        await behind.GetAsync("/card/complete?code=a", Token);

        using var direct = From(portal, counted);
        (await AskAsync(direct, "GET", "/card/complete?code=a")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_does_not_start()
    {
        var start = async () => await TestPortal.StartAsync(configure: web => web.UseSetting("Portal:Proxies:0", "proxy.internal"));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("Portal:Proxies");
    }

    [Fact]
    public async Task Every_endpoint_that_takes_something_from_a_stranger_is_a_counted_door()
    {
        await using var portal = await TestPortal.StartAsync();
        string[] countedByTheGate = ["/api/v1/notices", "/api/v1/consent-requests", "/api/v1/consent-results", "/api/v1/consent-acknowledgements"];
        string[] writesNothing = ["/logout"];

        portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST", StringComparer.Ordinal) is true && endpoint.Metadata.GetMetadata<AnonymousRateLimit>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText).Order(StringComparer.Ordinal)
            .ShouldBe(countedByTheGate.Concat(writesNothing).Order(StringComparer.Ordinal));
    }

    private static Task<TestPortal> StartAsync(params (string Name, int Limit)[] limits) => TestPortal.StartAsync(configure: web =>
    {
        foreach (var (name, limit) in limits)
        {
            web.UseSetting($"RateLimits:{name}", limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        web.ConfigureTestServices(services => services.AddTransient<IStartupFilter, Arrival>());
    });

    private static HttpClient From(TestPortal portal, string address)
    {
        var browser = portal.Browser();
        browser.DefaultRequestHeaders.Add(Arrival.Header, address);
        return browser;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string verb, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), address);
        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static async Task<int> RecordsAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Set<AccessRecord>().CountAsync(Token) + await db.Set<CardTransaction>().CountAsync(Token);
    }

    /// <summary>The test server has no addresses; this gives each request the one that it names.</summary>
    private sealed class Arrival : IStartupFilter
    {
        public const string Header = "X-Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, on) =>
            {
                if (http.Request.Headers[Header].ToString() is { Length: > 0 } address)
                {
                    http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }

                return on(http);
            });
            next(app);
        };
    }
}
