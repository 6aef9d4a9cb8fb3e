using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents.Requesting;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.Consents;

public sealed class PushedRequestTests
{
    private static readonly Dictionary<string, Func<ConsentClaims, TestPortal, ConsentClaims>> Flaws = new(StringComparer.Ordinal)
    {
        ["consent.wrong-issuer"] = (claims, _) => claims with { Iss = "somebody-else" },
        ["consent.wrong-audience"] = (claims, _) => claims with { Aud = "http://localhost:5080/api/v1/token" },
        ["consent.statement-expired"] = (claims, portal) => claims with { Exp = portal.Clock.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds() },
        ["consent.return-address"] = (claims, _) => claims with { ReturnTo = TestBusiness.ReturnTo + "/" },
    };

    private static readonly Dictionary<string, Func<ConsentClaims, ConsentClaims>> Faults = new(StringComparer.Ordinal)
    {
        ["/customer consent.customer-not-masked"] = claims => claims with { Customer = "12344821" },
        ["/state consent.secret-malformed"] = claims => claims with { State = "short" },
        ["/nonce consent.secret-malformed"] = claims => claims with { Nonce = "" },
        ["/codeChallengeMethod consent.challenge"] = claims => claims with { CodeChallengeMethod = "plain" },
        ["/codeChallenge consent.challenge"] = claims => claims with { CodeChallenge = "abc" },
        ["/days consent.period"] = claims => claims with { Days = 366 },
        ["/keptDays consent.period"] = claims => claims with { KeptDays = -1 },
        ["/policy consent.policy-address"] = claims => claims with { Policy = "javascript:alert(1)" },
        ["/purpose consent.japanese-missing"] = claims => claims with { Purpose = [new ConsentText("en", "x")] },
        ["/purpose/1 consent.language-unknown"] = claims => claims with { Purpose = [claims.Purpose[0], new ConsentText("fr", "x")] },
        ["/purpose/0 consent.text"] = claims => claims with { Purpose = [new ConsentText("ja", "長\u0007い")] },
        ["/purposeCode consent.word-malformed"] = claims => claims with { PurposeCode = "Contract Notices" },
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
        (await ProblemIn(answer)).Errors!.Select(error => $"{error.Pointer} {error.Code}").ShouldContain(fault, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("another key", "consent.bad-signature"), InlineData("another type", "consent.malformed-statement"), InlineData("no statement", "consent.malformed-statement")]
    public async Task A_statement_that_this_sender_did_not_sign_for_this_is_refused(string flaw, string code)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var answer = await midori.PushAsync(flaw switch
        {
            "another key" => midori.Sign(midori.Claims(), key: key),
            "another type" => midori.Sign(midori.Claims(), PushAcknowledgement.Type),
            _ => "a.b",
        });

        (await ProblemIn(answer)).Code.ShouldBe(code);
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
    public void A_customer_number_shows_at_most_four_characters(string customer, bool isMasked) => CheckConsentClaims.IsMasked(customer).ShouldBe(isMasked);

    private static async Task<ApiProblem> ProblemIn(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken))!;
}
