using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents.Requesting;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class PushedRequestTests
{
    private static readonly Dictionary<string, Func<ConsentClaims, TestPortal, ConsentClaims>> Flaws = new(StringComparer.Ordinal)
    {
        ["consent.wrong-issuer"] = (claims, _) => claims with { Iss = "somebody-else" },
        ["consent.wrong-audience"] = (claims, _) => claims with { Aud = "http://localhost:5080/api/v1/token" },
        ["consent.statement-expired"] = (claims, portal) => claims with { Exp = portal.Clock.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds() },
        ["consent.statement-not-yet-valid"] = (claims, portal) => claims with { Nbf = portal.Clock.GetUtcNow().AddMinutes(2).ToUnixTimeSeconds() },
        ["consent.return-address"] = (claims, _) => claims with { ReturnTo = TestBusiness.ReturnTo + "/" },
    };

    private static readonly Dictionary<string, Func<ConsentClaims, ConsentClaims>> Faults = new(StringComparer.Ordinal)
    {
        ["/customer consent.customer-not-masked"] = claims => claims with { Customer = "12344821" },
        ["/state consent.secret-malformed"] = claims => claims with { State = "short" },
        ["/nonce consent.secret-malformed"] = claims => claims with { Nonce = "" },
        ["/codeChallengeMethod consent.challenge"] = claims => claims with { CodeChallengeMethod = "plain" },
        ["/codeChallenge consent.challenge"] = claims => claims with { CodeChallenge = "abc" },
        ["/codeChallenge consent.challenge "] = claims => claims with { CodeChallenge = claims.CodeChallenge + "=" },
        ["/codeChallenge consent.challenge  "] = claims => claims with { CodeChallenge = claims.CodeChallenge + "\n" },
        ["/days consent.period"] = claims => claims with { Days = 366 },
        ["/keptDays consent.period"] = claims => claims with { KeptDays = -1 },
        ["/policy consent.policy-address"] = claims => claims with { Policy = "javascript:alert(1)" },
        ["/purpose consent.japanese-missing"] = claims => claims with { Purpose = [new ConsentText("en", "x")] },
        ["/purpose/1 consent.language-unknown"] = claims => claims with { Purpose = [claims.Purpose[0], new ConsentText("fr", "x")] },
        ["/purpose/0 consent.text"] = claims => claims with { Purpose = [new ConsentText("ja", "長\u0007い")] },
        ["/purpose/1 consent.text"] = claims => claims with { Purpose = [claims.Purpose[0], new ConsentText("en", "hid\u200Bden")] },
        ["/purpose/2 consent.language-repeated"] = claims => claims with { Purpose = [.. claims.Purpose, new ConsentText("ja", "別の目的")] },
        ["/onward/0 consent.text"] = claims => claims with { Onward = [new ConsentText("ja", "\u202E渡さない")] },
        ["/onward/1 consent.language-repeated"] = claims => claims with { Onward = [new ConsentText("ja", "甲社"), new ConsentText("ja", "乙社")] },
        ["/items/0/labels/0 consent.text"] = claims => claims with { Items = [claims.Items[0] with { Labels = [new ConsentText("ja", "\u3164")] }] },
        ["/items/0/labels/1 consent.language-repeated"] = claims => claims with { Items = [claims.Items[0] with { Labels = [new ConsentText("ja", "甲"), new ConsentText("ja", "乙")] }] },
        ["/items/0/reasons/1 consent.language-repeated"] = claims => claims with { Items = [claims.Items[0] with { Reasons = [new ConsentText("ja", "甲"), new ConsentText("ja", "乙")] }] },
        ["/purposeCode consent.word-malformed"] = claims => claims with { PurposeCode = "Contract Notices" },
        ["/purposeCode consent.word-malformed "] = claims => claims with { PurposeCode = "contract-notices\n" },
        ["/items consent.items-count"] = claims => claims with { Items = [] },
        ["/items/1/id consent.item-repeated"] = claims => claims with { Items = [claims.Items[0], claims.Items[0]] },
        ["/items/0/reasons consent.reason-missing"] = claims => claims with { Items = [claims.Items[0] with { Reasons = null }] },
    };

    public static TheoryData<string> NamesOfFlaws => [.. Flaws.Keys];

    public static TheoryData<string> NamesOfFaults => [.. Faults.Keys];

    [Theory, MemberData(nameof(NamesOfFlaws))]
    public async Task A_statement_that_is_not_for_us_or_not_true_is_refused(string code)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);

        using var answer = await midori.PushAsync(midori.Sign(Flaws[code](midori.Claims(), portal)));

        (await ProblemIn(answer)).Code.ShouldBe(code);
    }

    [Theory, MemberData(nameof(NamesOfFaults))]
    public async Task A_fault_of_the_content_is_named_with_its_place(string fault)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);

        using var answer = await midori.PushAsync(midori.Sign(Faults[fault](midori.Claims())));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ProblemIn(answer)).Errors!.Select(error => $"{error.Pointer} {error.Code}").ShouldBe([fault.TrimEnd()]);
    }

    [Theory]
    [InlineData("another key", "consent.bad-signature"), InlineData("another type", "consent.malformed-statement"), InlineData("no statement", "consent.malformed-statement")]
    public async Task A_statement_that_this_sender_did_not_sign_for_this_is_refused(string violation, string code)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var answer = await midori.PushAsync(violation switch
        {
            "another key" => midori.Sign(midori.Claims(), key: key),
            "another type" => midori.Sign(midori.Claims(), PushAcknowledgement.Type),
            _ => "a.b",
        });

        (await ProblemIn(answer)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_claim_that_is_missing_or_of_another_kind_is_named_by_its_place()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var claims = JsonSerializer.SerializeToNode(midori.Claims(), ContractJson.Options)!;
        claims["items"]![0]!.AsObject().Remove("labels");
        claims["days"] = "365";
        claims.AsObject().Remove("purpose");

        using var answer = await midori.PushAsync(midori.Sign(claims));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ProblemIn(answer);
        problem.Code.ShouldBe("consent.malformed-statement");
        problem.Errors!.ShouldBe(
            [new ApiFault("/items/0/labels", "request.field-missing"), new ApiFault("/days", "request.malformed-json"), new ApiFault("/purpose", "request.field-missing")]);
    }

    [Fact]
    public async Task Dates_with_a_fraction_and_a_list_of_audiences_are_taken()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var claims = JsonSerializer.SerializeToNode(midori.Claims(), ContractJson.Options)!;
        claims["aud"] = new JsonArray("https://other.example", "http://localhost:5080/api/v1/consent-requests");
        claims["exp"] = portal.Clock.GetUtcNow().AddMinutes(4).ToUnixTimeSeconds() + 0.5m;
        claims["iat"] = portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        claims["nbf"] = portal.Clock.GetUtcNow().ToUnixTimeSeconds();

        using var answer = await midori.PushAsync(midori.Sign(claims));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "consent.malformed-statement", "/request request.field-missing")]
    [InlineData("{\"request\":1}", "application/json", HttpStatusCode.BadRequest, "consent.malformed-statement", "/request request.malformed-json")]
    [InlineData("{\"request\":\"a.b.c\"}", "application/jsonx", HttpStatusCode.UnsupportedMediaType, "request.not-json", null)]
    [InlineData("{\"request\":\"a.b.c\"}", "application/json-patch+json", HttpStatusCode.UnsupportedMediaType, "request.not-json", null)]
    public async Task A_body_that_is_no_request_is_refused(string body, string mediaType, HttpStatusCode status, string code, string? fault)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        foreach (var endpoint in new[] { "/api/v1/consent-requests", "/api/v1/consent-results", "/api/v1/consent-acknowledgements" })
        {
            using var answer = await midori.Sender.Http.PostAsync(endpoint, content, TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBe(status, endpoint);
            var problem = await ProblemIn(answer);
            problem.Code.ShouldBe(code, endpoint);
            if (fault is not null && endpoint.EndsWith("requests", StringComparison.Ordinal))
            {
                problem.Errors!.Select(error => $"{error.Pointer} {error.Code}").ShouldBe([fault]);
            }
        }
    }

    [Fact]
    public async Task An_acknowledgement_is_of_its_sender_for_its_door_and_fresh()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        var good = midori.Acknowledgement(result.Consent, AcknowledgedThing.Receipt, result.Receipt!.Content);
        var now = portal.Clock.GetUtcNow();

        (await ProblemIn(await midori.AcknowledgeAsync(good with { Iss = "somebody-else" }))).Code.ShouldBe("consent.wrong-issuer");
        (await ProblemIn(await midori.AcknowledgeAsync(good with { Aud = "http://localhost:5080/api/v1/consent-requests" }))).Code.ShouldBe("consent.wrong-audience");
        (await ProblemIn(await midori.AcknowledgeAsync(good with { Exp = now.AddMinutes(-2).ToUnixTimeSeconds() }))).Code.ShouldBe("consent.statement-expired");
        (await ProblemIn(await midori.AcknowledgeAsync(good with { Exp = now.AddDays(1).ToUnixTimeSeconds() }))).Code.ShouldBe("consent.statement-expired");
        (await ProblemIn(await midori.AcknowledgeAsync(good with { Iat = now.AddMinutes(2).ToUnixTimeSeconds() }))).Code.ShouldBe("consent.statement-not-yet-valid");
        (await midori.AcknowledgeAsync(good)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_statement_is_taken_once()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var statement = midori.Sign(midori.Claims());
        (await midori.PushAsync(statement)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await ProblemIn(await midori.PushAsync(statement))).Code.ShouldBe("consent.replayed");
    }

    [Fact]
    public async Task A_sender_that_was_not_admitted_to_ask_cannot_ask()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var stranger = await TestSender.SignedInAsync(portal, isPublic: false);

        using var answer = await stranger.Http.PostAsJsonAsync("/api/v1/consent-requests", new PushConsentRequest(midori.Sign(midori.Claims())), ContractJson.Options, TestContext.Current.CancellationToken);

        (await ProblemIn(answer)).Code.ShouldBe("consent.not-registered");
    }

    [Theory]
    [InlineData("******4821", true), InlineData("**-**-21", true), InlineData("*", true), InlineData("4821", false), InlineData("*****48215", false), InlineData("＊＊4821", false), InlineData("", false)]
    [Requirement(37)]
    public void A_customer_number_shows_at_most_four_characters(string customer, bool isMasked) => CheckConsentClaims.IsMasked(customer).ShouldBe(isMasked);

    private static async Task<ApiProblem> ProblemIn(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken))!;
}
