using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Tokens;

public sealed class TokenTests
{
    /// <summary>Each way to spoil a request for a token, and the code that names it.</summary>
    private static readonly Dictionary<string, (string Code, Func<TestSender, TestAssertion, string> Spoil)> Spoiled = new(StringComparer.Ordinal)
    {
        ["not three parts"] = ("token.malformed-assertion", (_, _) => "a.b"),
        ["not base64url"] = ("token.malformed-assertion", (_, _) => "!.!.!"),
        ["not JSON"] = ("token.malformed-assertion", (_, _) => "YWJj.YWJj.YWJj"),
        ["too long"] = ("token.malformed-assertion", (sender, good) => (good with { Subject = new string('x', 4096) }).SignWith(sender.Key)),
        ["no jti"] = ("token.malformed-assertion", (sender, good) => (good with { Id = "" }).SignWith(sender.Key)),
        ["a control character in the issuer"] = ("token.malformed-assertion", (sender, good) => (good with { Issuer = "a\0b" }).SignWith(sender.Key)),
        ["critical extension"] = ("token.malformed-assertion", (sender, good) => (good with { Critical = ["b64"] }).SignWith(sender.Key)),
        ["alg none"] = ("token.wrong-algorithm", (_, good) => (good with { Algorithm = "none" }).SignWith(_ => [])),
        ["alg HS256 with the public key as secret"] = ("token.wrong-algorithm", (sender, good) => (good with { Algorithm = "HS256" }).SignWith(bytes => HMACSHA256.HashData(sender.Key.ExportSubjectPublicKeyInfo(), bytes))),
        ["alg RS256"] = ("token.wrong-algorithm", (sender, good) => (good with { Algorithm = "RS256" }).SignWith(sender.Key)),
        ["unknown client"] = ("token.unknown-client", (sender, good) => (good with { Issuer = "nobody", Subject = "nobody" }).SignWith(sender.Key)),
        ["another key"] = ("token.bad-signature", (_, good) => good.SignWith(ECDsa.Create(ECCurve.NamedCurves.nistP256))),
        ["empty signature"] = ("token.bad-signature", (_, good) => good.SignWith(_ => [])),
        ["PS256 named, ES256 made"] = ("token.bad-signature", (sender, good) => (good with { Algorithm = "PS256" }).SignWith(sender.Key)),
        ["signature in DER"] = ("token.bad-signature", (sender, good) => good.SignWith(bytes => ((ECDsa)sender.Key).SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))),
        ["another subject"] = ("token.wrong-subject", (sender, good) => (good with { Subject = "other" }).SignWith(sender.Key)),
        ["another audience"] = ("token.wrong-audience", (sender, good) => (good with { Audience = "http://localhost:5080/api/v1/token/" }).SignWith(sender.Key)),
        ["expired"] = ("token.expired", (sender, good) => (good with { ExpiresAt = good.ExpiresAt - 301 }).SignWith(sender.Key)),
        ["lives too long"] = ("token.lives-too-long", (sender, good) => (good with { ExpiresAt = good.ExpiresAt + 121 }).SignWith(sender.Key)),
        ["lives to the end of time"] = ("token.lives-too-long", (sender, good) => (good with { ExpiresAt = DateTimeOffset.MaxValue.ToUnixTimeSeconds() }).SignWith(sender.Key)),
        ["expiry beyond all dates"] = ("token.malformed-assertion", (sender, good) => (good with { ExpiresAt = long.MaxValue }).SignWith(sender.Key)),
        ["expired at the beginning of time"] = ("token.expired", (sender, good) => (good with { ExpiresAt = DateTimeOffset.MinValue.ToUnixTimeSeconds() }).SignWith(sender.Key)),
        ["padding"] = ("token.malformed-assertion", (sender, good) => good.SignWith(sender.Key) + "=="),
        ["a line break at the end"] = ("token.malformed-assertion", (sender, good) => good.SignWith(sender.Key) + "\n"),
        ["bits left over"] = ("token.malformed-assertion", (sender, good) => WithBitsLeftOver(good.SignWith(sender.Key))),
        ["an expiry in words"] = ("token.malformed-assertion", (sender, good) => With(good, "exp", "1700000000").SignWith(sender.Key)),
        ["no audience"] = ("token.malformed-assertion", (sender, good) => With(good, "aud", Array.Empty<string>()).SignWith(sender.Key)),
        ["only other audiences"] = ("token.wrong-audience", (sender, good) => With(good, "aud", new[] { "https://other.example", "http://localhost:5080" }).SignWith(sender.Key)),
        ["not yet valid"] = ("token.not-yet-valid", (sender, good) => With(good, "nbf", good.ExpiresAt - 120).SignWith(sender.Key)),
        ["made in the future"] = ("token.not-yet-valid", (sender, good) => With(good, "iat", good.ExpiresAt - 120).SignWith(sender.Key)),
        ["made an hour ago"] = ("token.lives-too-long", (sender, good) => With(good, "iat", good.ExpiresAt - 3600).SignWith(sender.Key)),
    };

    public static TheoryData<string> Faults => [.. Spoiled.Keys];

    // What was found out after the signature was verified; before it anybody may have named the client.
    private static bool IsSignedBySender(string code) => code is "token.wrong-subject" or "token.wrong-audience" or "token.expired" or "token.lives-too-long" or "token.not-yet-valid";

    [Theory, MemberData(nameof(Faults))]
    public async Task A_spoiled_assertion_is_refused_with_its_code_and_recorded_or_counted(string fault)
    {
        var (code, spoil) = Spoiled[fault];
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);

        using var answer = await sender.AskTokenAsync(spoil(sender, TestAssertion.For(sender, portal.Clock.GetUtcNow())));

        await ShouldBeRefusedAsync(answer, HttpStatusCode.Unauthorized, "invalid_client", code);
        await using var db = portal.OpenDatabase();
        var records = await db.Set<AccessRecord>().ToListAsync(TestContext.Current.CancellationToken);
        var counted = await portal.UnknownCallersAsync();
        records.ShouldAllBe(record => record.Event == AccessEvent.SenderRefused && record.ActorId == sender.Id.Value);
        (IsSignedBySender(code) ? records.Select(record => record.Outcome) : counted).ShouldBe([code]);
        (records.Count + counted.Count).ShouldBe(1, "either recorded or counted");
        (await db.Set<SenderToken>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("exp", "fraction"), InlineData("iat", "fraction"), InlineData("iat", "now"), InlineData("nbf", "soon"), InlineData("aud", "list"), InlineData("aud", "list of one"), InlineData("extra", "anything")]
    public async Task What_the_standard_allows_is_taken(string claim, string form)
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);
        var now = portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        var good = TestAssertion.For(sender, portal.Clock.GetUtcNow());

        using var answer = await sender.AskTokenAsync(With(good, claim, form switch
        {
            "fraction" => now + 30.125m,
            "soon" => now + 59,
            "list" => new[] { "https://other.example", good.Audience },
            "list of one" => new[] { good.Audience },
            "anything" => new { deep = 1 },
            _ => now,
        }).SignWith(sender.Key));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_of_another_kind_is_refused_in_the_words_of_the_standard()
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);
        string Good() => TestAssertion.For(sender, portal.Clock.GetUtcNow()).SignWith(sender.Key);

        using var grant = await sender.AskTokenAsync(Good(), grant: "password");
        using var type = await sender.AskTokenAsync(Good(), type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
        using var scope = await sender.AskTokenAsync(Good(), scope: "notice.write campaign.approve");
        using var noForm = await sender.Http.PostAsync("/api/v1/token", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        using var crowded = await sender.Http.PostAsync("/api/v1/token", new FormUrlEncodedContent(Enumerable.Range(0, 2_000).Select(i => KeyValuePair.Create($"k{i}", "v"))), TestContext.Current.CancellationToken);

        await ShouldBeRefusedAsync(grant, HttpStatusCode.BadRequest, "unsupported_grant_type", "token.unsupported-grant");
        await ShouldBeRefusedAsync(type, HttpStatusCode.BadRequest, "invalid_request", "token.wrong-assertion-type");
        await ShouldBeRefusedAsync(scope, HttpStatusCode.BadRequest, "invalid_scope", "token.unknown-scope");
        await ShouldBeRefusedAsync(noForm, HttpStatusCode.BadRequest, "unsupported_grant_type", "token.unsupported-grant");
        await ShouldBeRefusedAsync(crowded, HttpStatusCode.BadRequest, "invalid_request", "token.unreadable-form");
    }

    [Theory, EveryDatabase]
    public async Task An_assertion_is_taken_once_even_when_it_comes_many_times_at_once(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var sender = await TestSender.RegisterAsync(portal);
        var assertion = TestAssertion.For(sender, portal.Clock.GetUtcNow()).SignWith(sender.Key);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sender.AskTokenAsync(assertion)));

        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await ShouldBeRefusedAsync(refused, HttpStatusCode.Unauthorized, "invalid_client", "token.replayed");
        }

        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.SenderTokenIssued, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await db.Set<AccessRecord>().CountAsync(record => record.Outcome == "token.replayed", TestContext.Current.CancellationToken)).ShouldBe(7);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more_and_ends_its_tokens()
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.SignedInAsync(portal);
        await using (var db = portal.OpenDatabase())
        {
            (await db.Set<SenderKey>().SingleAsync(TestContext.Current.CancellationToken)).Revoke(portal.Clock.GetUtcNow());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var token = await sender.AskTokenAsync(TestAssertion.For(sender, portal.Clock.GetUtcNow()).SignWith(sender.Key));
        using var call = await sender.Http.GetAsync($"/api/v1/notices/{Guid.Empty}", TestContext.Current.CancellationToken);

        await ShouldBeRefusedAsync(token, HttpStatusCode.Unauthorized, "invalid_client", "token.bad-signature");
        await ShouldBeProblemAsync(call, HttpStatusCode.Unauthorized, "auth.invalid-token");
    }

    [Fact]
    public async Task An_RSA_key_signs_with_PS256()
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal, key: RSA.Create(2048));

        using var answer = await sender.AskTokenAsync(TestAssertion.For(sender, portal.Clock.GetUtcNow()).SignWith(sender.Key));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_is_kept_only_as_its_hash_and_names_each_scope_once()
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);

        var token = await sender.SignInAsync(string.Join(' ', Enumerable.Repeat("notice.write", 40)));

        await using var db = portal.OpenDatabase();
        var row = await db.Set<SenderToken>().SingleAsync(TestContext.Current.CancellationToken);
        row.TokenHash.ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        row.Scope.ShouldBe("notice.write");
    }

    [Fact]
    public async Task A_call_without_a_living_token_or_without_the_scope_is_refused_and_recorded()
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);
        var address = $"/api/v1/notices/{Guid.Empty}";

        using var none = await sender.Http.GetAsync(address, TestContext.Current.CancellationToken);
        sender.Http.DefaultRequestHeaders.Add("Authorization", "Bearer unknown");
        using var unknown = await sender.Http.GetAsync(address, TestContext.Current.CancellationToken);
        await sender.SignInAsync("notice.write");
        using var narrow = await sender.Http.GetAsync(address, TestContext.Current.CancellationToken);
        portal.Clock.Advance(SenderToken.Life);
        using var expired = await sender.Http.GetAsync(address, TestContext.Current.CancellationToken);

        await ShouldBeProblemAsync(none, HttpStatusCode.Unauthorized, "auth.missing-token");
        await ShouldBeProblemAsync(unknown, HttpStatusCode.Unauthorized, "auth.invalid-token");
        await ShouldBeProblemAsync(narrow, HttpStatusCode.Forbidden, "auth.insufficient-scope");
        await ShouldBeProblemAsync(expired, HttpStatusCode.Unauthorized, "auth.invalid-token");
        none.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer", "who brings nothing made no mistake (RFC 6750 section 3.1)");
        unknown.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
        narrow.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"insufficient_scope\", scope=\"notice.status\"");
        expired.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
        await using var db = portal.OpenDatabase();
        var refusals = await db.Set<AccessRecord>().Where(record => record.Event == AccessEvent.SenderRefused).Select(record => record.Outcome).ToListAsync(TestContext.Current.CancellationToken);
        refusals.ShouldBe(["auth.insufficient-scope"]);
        (await portal.UnknownCallersAsync()).ShouldBe(["auth.invalid-token", "auth.invalid-token", "auth.missing-token"]);
    }

    /// <summary>RFC 7515 appendix A.3: somebody else's ES256 signature.</summary>
    [Fact]
    public async Task The_published_ES256_example_verifies()
    {
        const string Signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const string Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = System.Buffers.Text.Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = System.Buffers.Text.Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });

        (await SenderJws.Parse($"{Signed}.{Signature}", 1000)!.IsSignedByAsync(key.ExportSubjectPublicKeyInfo())).ShouldBeTrue();
        (await SenderJws.Parse($"{Signed.Replace("Jqb2Ui", "Jqb2Yi", StringComparison.Ordinal)}.{Signature}", 1000)!.IsSignedByAsync(key.ExportSubjectPublicKeyInfo())).ShouldBeFalse();
    }

    private static TestAssertion With(TestAssertion good, string claim, object value) =>
        good with { Others = new Dictionary<string, object>(StringComparer.Ordinal) { [claim] = value } };

    // 64 bytes end in a character of which four bits count; with another one of its sixteen the bytes are the same.
    private static string WithBitsLeftOver(string assertion)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return assertion[..^1] + Alphabet[Alphabet.IndexOf(assertion[^1], StringComparison.Ordinal) | 1];
    }

    private static async Task ShouldBeRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string error, string code)
    {
        answer.StatusCode.ShouldBe(status);
        var refusal = await answer.Content.ReadFromJsonAsync<TokenRefusal>(ContractJson.Options, TestContext.Current.CancellationToken);
        refusal.ShouldBe(new TokenRefusal(error, code));
        answer.Headers.WwwAuthenticate.ToString().ShouldBe(status is HttpStatusCode.Unauthorized ? $"Bearer error=\"{error}\"" : "");
    }

    private static async Task ShouldBeProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken))!.Code.ShouldBe(code);
    }
}
