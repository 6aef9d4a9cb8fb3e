using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using MyPortal.Web;

namespace MyPortal.Tests.Security;

/// <summary>What nobody can read is refused, costs nothing, and is no trouble of ours.</summary>
public sealed class UnreadablePostTests
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Bodies, their media type and what becomes of them where a form is taken.</summary>
    private static readonly Dictionary<string, (string Type, string Body, int Status)> Bodies = new(StringComparer.Ordinal)
    {
        ["a NUL"] = (Form, "a=%00", 400),
        ["a NUL in a name"] = (Form, "%00=a", 400),
        ["1,025 fields"] = (Form, string.Join('&', Enumerable.Range(0, 1_025).Select(i => $"k{i}=v")), 400),
        ["a long name"] = (Form, new string('k', IncomingBody.LongestKey + 1) + "=v", 400),
        ["too much"] = (Form, "v=" + new string('v', IncomingBody.LongestForm), 413),
        ["another character set"] = (Form + "; charset=utf-7", "a=b", 415),
        ["a character set that does not exist"] = (Form + "; charset=nonsense", "a=b", 415),
        ["multipart"] = ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", 415),
        ["cut multipart"] = ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-da", 415),
        ["multipart without a boundary"] = ("multipart/form-data", "--x", 415),
        ["JSON"] = ("application/json", "{}", 415),
        ["nothing known"] = ("nonsense", "a", 415),
    };

    public static TheoryData<string> Names => [.. Bodies.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task An_unreadable_form_is_refused_on_every_page_and_reaches_no_log(string name)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartAsync(configure: log.Listen);
        var (type, body, status) = Bodies[name];
        using var stranger = portal.Browser();
        var citizen = (await portal.SignInAsync()).Browser;

        foreach (var (browser, path) in ((HttpClient, string)[])[(stranger, "/logout"), (stranger, "/login/card/start"), (citizen, "/account/name"), (citizen, "/consents/end-all"), (citizen, "/proxy/new")])
        {
            using var answer = await PostAsync(browser, path, type, body);

            ((int)answer.StatusCode).ShouldBe(status, path);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<h1");
        }

        log.Troubles.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task The_token_endpoint_refuses_it_in_the_words_of_the_standard(string name)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartAsync(configure: log.Listen);
        var (type, body, status) = Bodies[name];
        using var stranger = portal.Browser();

        using var answer = await PostAsync(stranger, "/api/v1/token", type, body);

        // Whoever sends no form at all gets the answer that RFC 6749 has for that.
        ((int)answer.StatusCode).ShouldBe(type is "application/json" or "nonsense" ? 400 : status);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("error_description");
        log.Troubles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/notices", "multipart/form-data; boundary=x"), InlineData("/api/v1/notices", "application/json; charset=utf-7"), InlineData("/api/v1/notices", "application/jsonx"),
     InlineData("/api/v1/consent-requests", "multipart/form-data; boundary=x"), InlineData("/api/v1/consent-results", "text/plain"), InlineData("/api/v1/consent-acknowledgements", "application/json; charset=utf-16")]
    public async Task What_is_not_JSON_is_refused_with_its_status(string path, string type)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartAsync(configure: log.Listen);
        using var city = await TestSender.SignedInAsync(portal);
        city.Http.DefaultRequestHeaders.Add("Idempotency-Key", "1");

        using var answer = await PostAsync(city.Http, path, type, "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        log.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_answer_that_is_too_long_is_refused_with_its_status()
    {
        using var log = new CapturedLog();
        await using var fixture = await CardFixture.StartAsync(configure: log.Listen);
        var visit = await fixture.FetchAsync();
        using var agent = fixture.Portal.CreateClient();

        using var answer = await PostAsync(agent, visit.Begun.Ticket.AbsolutePath + "/response", "application/json", $"\"{new string('a', 64 * 1024)}\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("request.too-large");
        log.Troubles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/logout", Form), InlineData("/api/v1/token", Form), InlineData("/api/v1/notices", "application/json"), InlineData("/api/v1/consent-requests", "application/json")]
    public async Task A_body_that_breaks_on_the_way_is_no_trouble_of_ours(string path, string type)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartOnSocketAsync(log.Listen);
        using var city = await TestSender.SignedInAsync(portal);
        var head = $"POST {path} HTTP/1.1\r\nHost: {TestPortal.Host}\r\nContent-Type: {type}\r\nIdempotency-Key: 1\r\nAuthorization: {city.Http.DefaultRequestHeaders.Authorization}\r\n";

        (await AskAsync(portal, $"{head}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")).ShouldBe(400, "a bad chunk");
        (await AskAsync(portal, $"{head}Content-Length: 100\r\n\r\na=b", endsSending: true)).ShouldBeOneOf(0, 400);
        (await AskAsync(portal, $"{head}Transfer-Encoding: chunked\r\n\r\n5\r\na=b", endsSending: true)).ShouldBeOneOf(0, 400);
        using (var cut = await RawLine.OpenAsync(portal))
        {
            await cut.SendAsync($"{head}Content-Length: 100\r\n\r\na=b");
            cut.Cut();
        }

        // The portal works on, and by the time it has answered this the cut line is behind it.
        (await AskAsync(portal, $"GET /health/live HTTP/1.1\r\nHost: {TestPortal.Host}\r\n\r\n")).ShouldBe(200);
        log.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_hardly_comes_is_given_up()
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartOnSocketAsync(web =>
        {
            log.Listen(web);
            web.ConfigureServices(services => services.Configure<KestrelServerOptions>(
                kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1_000_000, TimeSpan.FromSeconds(1.1))));
        });

        (await AskAsync(portal, $"POST /logout HTTP/1.1\r\nHost: {TestPortal.Host}\r\nContent-Type: {Form}\r\nContent-Length: 100\r\n\r\na=b")).ShouldBe(400);
        log.Troubles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Host:\r\n"), InlineData("Host: \r\n"), InlineData("Host: a b\r\n"), InlineData("Host: localhost:5080\r\nHost: localhost:5080\r\n"), InlineData("")]
    public async Task A_request_without_a_readable_host_is_refused(string host)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartOnSocketAsync(log.Listen);

        (await AskAsync(portal, $"GET / HTTP/1.1\r\n{host}\r\n")).ShouldBe(400);
        log.Troubles.ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<int> AskAsync(TestPortal portal, string request, bool endsSending = false)
    {
        using var line = await RawLine.OpenAsync(portal);
        await line.SendAsync(request);
        if (endsSending)
        {
            line.EndSending();
        }

        return await line.StatusAsync();
    }
}
