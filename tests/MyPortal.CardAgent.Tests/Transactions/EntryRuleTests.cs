using System.Net;
using MyPortal.CardAgent.Tests.Fixtures;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class EntryRuleTests : TransactionFixture
{
    [Theory]
    [InlineData("Sec-Fetch-Dest", "iframe")]
    [InlineData("Sec-Fetch-Dest", "empty")]
    [InlineData("Sec-Fetch-Mode", "cors")]
    [InlineData("Sec-Fetch-Mode", "no-cors")]
    [InlineData("Sec-Purpose", "prefetch")]
    public async Task Only_a_followed_link_enters(string header, string value)
    {
        var page = await Agent.OpenAsync($"/sign?tx={Portal.NewTicket()}", request =>
        {
            request.Headers.Remove(header);
            request.Headers.Add(header, value);
        });

        (page.Status, page.Refusal).ShouldBe((HttpStatusCode.Forbidden, "not-navigation"));
        Portal.Fetches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_without_fetch_metadata_does_not_enter()
    {
        var page = await Agent.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/sign?tx={Portal.NewTicket()}"));

        page.Refusal.ShouldBe("not-navigation");
        Portal.Fetches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("rebound.example")]
    [InlineData("127.0.0.1")]
    public async Task Only_the_exact_host_is_served(string host)
    {
        var named = host == "127.0.0.1" ? "127.0.0.1:1" : $"{host}:{Agent.Address.Port}";

        foreach (var address in new[] { $"/sign?tx={Portal.NewTicket()}", "/", "/health/live", "/agent.css" })
        {
            (await Agent.OpenAsync(address, request => request.Headers.Host = named)).Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
        }

        Portal.Fetches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://evil.example/card/t/{0}")]
    [InlineData("https://localhost:5080/card/t/{0}")]
    [InlineData("//evil.example/card/t/{0}")]
    [InlineData("")]
    public async Task An_origin_that_is_not_listed_is_refused(string address)
    {
        var page = await Agent.EnterAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, new string('A', 43)));

        (page.Status, page.Refusal).ShouldBe((HttpStatusCode.BadRequest, "origin"));
    }

    [Theory]
    [InlineData("/card/t/short")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?x=1")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA#x")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")]
    [InlineData("/card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("/x/../card/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/admin")]
    public async Task A_path_of_another_form_is_refused(string path)
    {
        var page = await Agent.EnterAsync(Portal.Origin + path);

        (page.Status, page.Refusal).ShouldBe((HttpStatusCode.BadRequest, "address"));
        Portal.Fetches.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_origin_that_only_begins_like_the_listed_one_is_refused()
    {
        (await Agent.EnterAsync($"{Portal.Origin}@evil.example/card/t/{new string('A', 43)}")).Refusal.ShouldBe("origin");
        (await Agent.EnterAsync($"{Portal.Origin}.evil.example/card/t/{new string('A', 43)}")).Refusal.ShouldBe("origin");
        (await Agent.EnterAsync($"{Portal.Origin}1/card/t/{new string('A', 43)}")).Refusal.ShouldBe("origin");
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers_and_no_cookie_or_cross_origin_grant()
    {
        await PutDownAsync(new TestCard("hanako"));
        foreach (var page in new[] { await EnterAsync(), await Agent.OpenAsync("/"), await Agent.OpenAsync("/health/live"), await Agent.OpenAsync("/sign?tx=x") })
        {
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldStartWith("default-src 'none'; style-src 'self'; form-action 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            page.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
            page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            page.Headers.CacheControl!.NoStore.ShouldBeTrue();
            page.Headers.Contains("Set-Cookie").ShouldBeFalse();
            page.Headers.Any(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_form_may_lead_to_the_agent_and_the_asking_portal_only()
    {
        await PutDownAsync(new TestCard("hanako"));

        (await EnterAsync()).Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"form-action 'self' {Portal.Origin};");
    }

    [Fact]
    public async Task A_preflight_is_not_answered()
    {
        var page = await Agent.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/sign") { Headers = { { "Origin", "https://evil.example" }, { "Access-Control-Request-Private-Network", "true" } } });

        page.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_reload_is_served_from_memory_and_the_ticket_fetched_once()
    {
        await PutDownAsync(new TestCard("hanako"));
        var ticket = Portal.NewTicket();

        var pages = await Task.WhenAll(Agent.EnterAsync(ticket), Agent.EnterAsync(ticket), Agent.EnterAsync(ticket, "en"));

        pages.ShouldAllBe(page => page.AsksForPin);
        pages.Select(page => page.FormAction).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await Agent.OpenAsync(pages[0].FormAction)).AsksForPin.ShouldBeTrue();
        Portal.Fetches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();

        var answer = await Agent.SendAsync(new HttpRequestMessage(HttpMethod.Post, page.FormAction)
        {
            Headers = { { "Sec-Fetch-Site", "cross-site" } },
            Content = new FormUrlEncodedContent(page.HiddenFields.Append(("pin", "1234")).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        });

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.Forbidden, "foreign-form"));
        card.Presented.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("token=&card=hanako&pin=1234", "application/x-www-form-urlencoded")]
    [InlineData("token=guessed&card=hanako&pin=1234", "application/x-www-form-urlencoded")]
    [InlineData("{\"pin\":\"1234\"}", "application/json")]
    [InlineData("pin=1234", "text/plain")]
    public async Task A_form_without_the_visits_token_is_refused(string body, string type)
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();

        var answer = await Agent.SendAsync(new HttpRequestMessage(HttpMethod.Post, page.FormAction) { Content = new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type)) });

        answer.Refusal.ShouldBe("foreign-form");
        card.Presented.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_refused()
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("filler", new string('x', 5000)))).Refusal.ShouldBe("foreign-form");

        card.Presented.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_visit_is_refused()
    {
        (await Agent.OpenAsync("/sign/unknown")).Refusal.ShouldBe("unknown-visit");
        (await Agent.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sign/unknown") { Content = new FormUrlEncodedContent([]) })).Refusal.ShouldBe("unknown-visit");
    }
}
