using System.Net;
using Microsoft.AspNetCore.Http;
using MyPortal.App;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.App;

public sealed class HostRuleTests
{
    [Theory]
    [InlineData("http://localhost:5080", "localhost:5080"), InlineData("http://localhost:5080", "LOCALHOST:5080")]
    [InlineData("https://portal.example", "portal.example"), InlineData("https://portal.example", "portal.example:443"), InlineData("http://portal.example", "portal.example:80")]
    [InlineData("https://ポータル.example", "xn--5ckzcybvd.example"), InlineData("http://[::1]:5080", "[::1]:5080")]
    public async Task The_host_of_the_origin_is_answered(string origin, string host) => (await AnswersAsync(origin, host)).ShouldBeTrue();

    [Theory]
    [InlineData("http://localhost:5080", "localhost"), InlineData("http://localhost:5080", "localhost:5081"), InlineData("http://localhost:5080", "127.0.0.1:5080"), InlineData("http://localhost:5080", "")]
    [InlineData("https://portal.example", "portal.example:80"), InlineData("https://portal.example", "portal.example."), InlineData("https://portal.example", "evil.example"),
     InlineData("https://portal.example", "portal.example.evil.example"), InlineData("https://portal.example", "a.portal.example"), InlineData("https://portal.example", "portal.example@evil.example")]
    public async Task No_other_host_is(string origin, string host) => (await AnswersAsync(origin, host)).ShouldBeFalse();

    [Theory]
    [InlineData("GET", "/"), InlineData("GET", "/login"), InlineData("GET", "/css/base.css"), InlineData("GET", "/api/v1/message-keys"), InlineData("POST", "/api/v1/token"), InlineData("POST", "/logout"),
     InlineData("GET", "/card/complete?code=a"), InlineData("GET", "/language?to=en"), InlineData("HEAD", "/")]
    public async Task Under_a_foreign_name_nothing_is_there(string verb, string path)
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Headers = { Host = "evil.example" } };

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.Location.ShouldBeNull();
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10.1.2.3:8080"), InlineData("portal-7f9c.internal")]
    public async Task Load_balancers_ask_for_health_under_the_name_they_have(string host)
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = host } };

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_that_leads_on_names_a_path_and_no_host()
    {
        await using var portal = await TestPortal.StartAsync();
        var browser = (await portal.SignInAsync()).Browser;
        var form = (await browser.OpenAsync("/account/name")).QuerySelector("main form")!;

        using var answer = await browser.SubmitAsync(form, ("displayName", "花子"));

        answer.Headers.Location!.OriginalString.ShouldStartWith("/account");
    }

    private static async Task<bool> AnswersAsync(string origin, string host)
    {
        var isAnswered = false;
        var rule = new HostRule(
            _ =>
            {
                isAnswered = true;
                return Task.CompletedTask;
            },
            new PortalSite(DeploymentMode.Sandbox, new Uri(origin)));
        var http = new DefaultHttpContext();
        http.Request.Host = new HostString(host);
        await rule.InvokeAsync(http);
        (http.Response.StatusCode is StatusCodes.Status400BadRequest).ShouldBe(!isAnswered);
        return isAnswered;
    }
}
