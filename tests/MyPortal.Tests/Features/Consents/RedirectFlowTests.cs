using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents;
using MyPortal.Features.Senders.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class RedirectFlowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Requirement(37), Requirement(44), Requirement(103)]
    public async Task A_business_that_was_agreed_to_gets_its_own_code_and_receipt_and_may_write()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();

        var result = await midori.ConnectAsync(hanako.Browser);

        result.Nonce.ShouldBe(midori.Claims().Nonce);
        result.Items.ShouldBe(["recipient-code"]);
        result.Receipt.ShouldNotBeNull();
        using var posted = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient, "電気料金のご請求"));
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await hanako.Browser.GetStringAsync("/inbox", Token)).ShouldContain("電気料金のご請求");
    }

    [Fact]
    public async Task The_browser_carries_nothing_but_the_client_and_a_request_address_that_works_once()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var start = await midori.StartAddressAsync();

        start.ShouldNotContain("4821");
        (await TestBusiness.FollowAsync(hanako.Browser, start)).ShouldBe("/consents/continue");
        (await TestBusiness.FollowAsync(hanako.Browser, start)).ShouldBe("/consents/problem");
    }

    [Fact]
    public async Task A_person_goes_back_to_a_Japanese_domain_by_its_name_on_the_wire()
    {
        const string ReturnTo = "https://みどり電力.example/戻る";
        await using var portal = await TestPortal.StartAsync();
        var sender = await TestSender.SignedInAsync(portal, isPublic: false, asking: new ConsentRequester("0000010000002", "お客さま窓口", [ReturnTo], "http://127.0.0.1:9/messages"));
        using var midori = TestBusiness.Of(portal, sender);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser, claims: midori.Claims() with { ReturnTo = ReturnTo });

        var address = await TestBusiness.FollowAsync(hanako.Browser, $"/consents/requests/{consent}/return");

        address.ShouldStartWith("https://xn--");
        address.ShouldAllBe(character => char.IsAscii(character));
        new Uri(address).Host.ShouldBe(new Uri(ReturnTo).IdnHost);
    }

    [Theory]
    [InlineData("too late"), InlineData("another client"), InlineData("unknown"), InlineData("nothing")]
    public async Task A_request_address_that_is_not_right_leads_nowhere(string violation)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var other = await TestBusiness.OpenAsync(portal, "ひかりガス");
        var hanako = await portal.SignInAsync();
        var start = await midori.StartAddressAsync();
        portal.Clock.Advance(TimeSpan.FromSeconds(violation is "too late" ? 61 : 1));

        var address = violation switch
        {
            "another client" => start.Replace(midori.Sender.ClientId, other.Sender.ClientId, StringComparison.Ordinal),
            "unknown" => start[..^2] + "xx",
            "nothing" => "/consents/start",
            _ => start,
        };

        (await TestBusiness.FollowAsync(hanako.Browser, address)).ShouldBe("/consents/problem");
    }

    [Fact]
    public async Task A_browser_that_only_looks_ahead_does_not_spend_the_address()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var start = await midori.StartAddressAsync();
        using var ahead = new HttpRequestMessage(HttpMethod.Get, start);
        ahead.Headers.Add("Sec-Purpose", "prefetch");
        (await hanako.Browser.SendAsync(ahead, Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await TestBusiness.FollowAsync(hanako.Browser, start)).ShouldBe("/consents/continue");
    }

    [Fact]
    public async Task A_request_belongs_to_whoever_signs_in_at_the_browser_that_brought_it_and_to_nobody_else()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var taro = await portal.SignInAsync();
        await TestBusiness.FollowAsync(hanako.Browser, await midori.StartAddressAsync());

        (await TestBusiness.FollowAsync(taro.Browser, "/consents/continue")).ShouldBe("/consents/problem");
        var page = await TestBusiness.FollowAsync(hanako.Browser, "/consents/continue");
        await taro.Browser.OpenAsync(page, expected: HttpStatusCode.NotFound);
        (await hanako.Browser.OpenAsync(page)).Heading().ShouldBe("同意の依頼を確かめる（1社）");
    }

    [Fact]
    public async Task Whoever_is_signed_out_signs_in_first_and_comes_back_to_the_request()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var browser = portal.Browser();

        (await TestBusiness.FollowAsync(browser, await midori.StartAddressAsync())).ShouldBe("/consents/continue");
        (await TestBusiness.FollowAsync(browser, "/consents/continue")).ShouldBe("/login");
    }

    [Theory]
    [InlineData("refuse"), InlineData("later"), InlineData("lapse")]
    [Requirement(110)]
    public async Task Refusal_lapse_and_not_now_look_alike_to_the_business(string what)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var citizen = await portal.EnrolAsync();
        var browser = (await portal.SignInAsync(citizen)).Browser;
        Guid consent;
        if (what is "lapse")
        {
            consent = Guid.Parse((await midori.BringAsync(browser)).Split('/')[^1]);
            portal.Clock.Advance(TimeSpan.FromDays(31));
            browser = (await portal.SignInAsync(citizen)).Browser;
        }
        else
        {
            consent = await midori.AnswerAsync(browser, what);
        }

        var learned = await TestBusiness.ReturnAsync(browser, consent);

        learned.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = "not_given", ["state"] = midori.Claims().State, ["iss"] = "http://localhost:5080" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Going_back_once_more_after_a_given_consent_never_says_that_it_was_not_given(bool isVisitForgotten)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser);
        using var fetched = await midori.FetchAsync((await TestBusiness.ReturnAsync(hanako.Browser, consent))["code"]);
        fetched.EnsureSuccessStatusCode();
        if (isVisitForgotten)
        {
            await using var db = portal.OpenDatabase();
            await db.Set<ConsentVisit>().ExecuteDeleteAsync(Token);
        }

        (await TestBusiness.FollowAsync(hanako.Browser, $"/consents/requests/{consent}/return")).ShouldBe($"/consents/{consent}");
        (await hanako.Browser.OpenAsync($"/consents/{consent}")).QuerySelector("main").Words().ShouldContain("みどり電力");
    }

    [Theory]
    [InlineData("HEAD", null), InlineData("GET", "Sec-Purpose"), InlineData("GET", "Purpose")]
    public async Task Whoever_only_looks_takes_no_request_and_makes_no_code(string verb, string? header)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var start = await midori.StartAddressAsync();
        await LookAsync(start);
        await TestBusiness.FollowAsync(hanako.Browser, start);
        await LookAsync("/consents/continue");
        var page = await TestBusiness.FollowAsync(hanako.Browser, "/consents/continue");
        page.ShouldStartWith("/consents/requests/");
        var consent = await midori.AnswerAsync(hanako.Browser);
        var code = (await TestBusiness.ReturnAsync(hanako.Browser, consent))["code"];
        await LookAsync($"/consents/requests/{consent}/return");

        using var fetched = await midori.FetchAsync(code);
        fetched.StatusCode.ShouldBe(HttpStatusCode.OK, "an earlier code dies when another one is made");

        async Task LookAsync(string address)
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), address);
            if (header is not null)
            {
                request.Headers.Add(header, "prefetch");
            }

            using var answer = await hanako.Browser.SendAsync(request, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [Theory]
    [InlineData("too late", "consent.code-invalid"), InlineData("wrong verifier", "consent.code-invalid"), InlineData("wrong return address", "consent.code-invalid"),
     InlineData("another client", "consent.code-invalid"), InlineData("unknown", "consent.code-invalid")]
    [Requirement(110)]
    public async Task A_code_that_is_not_right_gives_nothing(string violation, string expected)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var other = await TestBusiness.OpenAsync(portal, "ひかりガス");
        var hanako = await portal.SignInAsync();
        var code = (await TestBusiness.ReturnAsync(hanako.Browser, await midori.AnswerAsync(hanako.Browser)))["code"];
        portal.Clock.Advance(TimeSpan.FromSeconds(violation is "too late" ? 61 : 1));

        using var answer = violation switch
        {
            "wrong verifier" => await midori.FetchAsync(code, TestBusiness.Verifier + "x"),
            "wrong return address" => await midori.FetchAsync(code, returnTo: TestBusiness.ReturnTo + "2"),
            "another client" => await other.FetchAsync(code),
            "unknown" => await midori.FetchAsync(code + "x"),
            _ => await midori.FetchAsync(code),
        };

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, Token))!.Code.ShouldBe(expected);
    }

    [Fact]
    public async Task A_code_that_comes_twice_makes_the_result_void_and_the_citizen_sees_why()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var consent = await midori.AnswerAsync(hanako.Browser);
        var code = (await TestBusiness.ReturnAsync(hanako.Browser, consent))["code"];
        using var first = await midori.FetchAsync(code);
        var recipient = (await first.Content.ReadFromJsonAsync<ConsentResult>(ContractJson.Options, Token))!.Recipient;

        using var second = await midori.FetchAsync(code);

        (await second.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, Token))!.Code.ShouldBe("consent.code-reused");
        using var posted = await midori.Sender.PostAsync(TestSender.Letter(recipient));
        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await hanako.Browser.OpenAsync($"/consents/{consent}")).QuerySelector("main").Words().ShouldContain("この同意は安全のため無効になりました");
    }

    [Theory, EveryDatabase]
    public async Task Of_many_exchanges_at_once_at_most_one_gets_the_result(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var code = (await TestBusiness.ReturnAsync(hanako.Browser, await midori.AnswerAsync(hanako.Browser)))["code"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => midori.FetchAsync(code))));

        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        await using var db = portal.OpenDatabase();
        (await db.Set<Consent>().SingleAsync(Token)).State.ShouldBe(ConsentState.Revoked);
        (await db.Set<RecipientCode>().CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    [Requirement(91)]
    public async Task Requests_that_nobody_brought_are_forgotten_and_those_of_citizens_are_not()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        await midori.BringAsync(hanako.Browser);
        await midori.StartAddressAsync();

        portal.Clock.Advance(PurgeConsentVisits.UnclaimedFor + TimeSpan.FromMinutes(10));

        await portal.CleanAsync();

        await using var db = portal.OpenDatabase();
        (await db.Set<Consent>().SingleAsync(Token)).Owner.ShouldBe(hanako.Citizen);
    }
}
