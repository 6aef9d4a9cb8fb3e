using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using AngleSharp.Dom;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Features.Senders.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

/// <summary>A registered sender that asks citizens over the redirect flow, with secrets that a test may spoil.</summary>
internal sealed class TestBusiness : IDisposable
{
    public const string ReturnTo = "http://midori.localhost:5120/portal/return";
    public const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";
    public const string Law = "地方税法";
    private readonly TestPortal portal;

    private TestBusiness(TestPortal portal, TestSender sender) => (this.portal, Sender) = (portal, sender);

    public TestSender Sender { get; }

    public static async Task<TestBusiness> OpenAsync(TestPortal portal, string? name = null, string? law = null)
    {
        var asking = new ConsentRequester("0000010000002", "お客さま窓口 0120-000-0020", [ReturnTo], "http://127.0.0.1:9/messages");
        var sender = await TestSender.SignedInAsync(portal, isPublic: law is not null, name, asking, law);
        return new TestBusiness(portal, sender);
    }

    /// <summary>A sender that operators admitted.</summary>
    public static TestBusiness Of(TestPortal portal, TestSender sender) => new(portal, sender);

    /// <summary>A request without a fault.</summary>
    public ConsentClaims Claims() => new(
        Sender.ClientId,
        "http://localhost:5080/api/v1/consent-requests",
        Guid.NewGuid().ToString("N"),
        portal.Clock.GetUtcNow().AddMinutes(4).ToUnixTimeSeconds(),
        ReturnTo,
        "state-0123456789abcdef",
        "nonce-0123456789abcdef",
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Verifier))),
        "S256",
        "******4821",
        [new ConsentText("ja", "検針と請求のお知らせを届けるため"), new ConsentText("en", "To deliver meter readings and bills")],
        "contract-notices",
        [
            new ConsentItem("recipient-code", [new ConsentText("ja", "宛先コード")], IsRequired: true, [new ConsentText("ja", "これがないと届けられません")]),
            new ConsentItem("opened", [new ConsentText("ja", "開いたかどうか")]),
        ],
        365,
        28,
        "https://midori.example/policy");

    /// <summary>Signs anything as this sender.</summary>
    public string Sign<T>(T claims, string type = PushConsentRequest.Type, ECDsa? key = null)
    {
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = type }));
        var signed = $"{header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, ContractJson.Options))}";
        return $"{signed}.{Base64Url.EncodeToString((key ?? (ECDsa)Sender.Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public Task<HttpResponseMessage> PushAsync(string statement) => PostAsync("/api/v1/consent-requests", new PushConsentRequest(statement));

    /// <summary>Pushes a request and returns where the browser is sent.</summary>
    public async Task<string> StartAddressAsync(ConsentClaims? claims = null)
    {
        using var answer = await PushAsync(Sign(claims ?? Claims()));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var pushed = await answer.Content.ReadFromJsonAsync<PushedConsentRequest>(ContractJson.Options);
        return $"/consents/start?client_id={Sender.ClientId}&request_uri={Uri.EscapeDataString(pushed!.RequestUri)}";
    }

    /// <summary>Brings a request to a signed-in citizen; returns the address of its page.</summary>
    public async Task<string> BringAsync(HttpClient browser, ConsentClaims? claims = null)
    {
        (await FollowAsync(browser, await StartAddressAsync(claims))).ShouldBe("/consents/continue");
        return await FollowAsync(browser, "/consents/continue");
    }

    /// <summary>Lets a citizen answer on the pages; returns the identifier of the consent.</summary>
    public async Task<Guid> AnswerAsync(HttpClient browser, string answer = "agree", string[]? items = null, ConsentClaims? claims = null)
    {
        var page = await BringAsync(browser, claims);
        var form = (await browser.OpenAsync(page)).QuerySelector("main form")!;
        using var check = await SendAsync(browser, form, [("answer", answer), .. (items ?? ["recipient-code"]).Select(item => ("item", item))]);
        var decide = (await ReadPage.ParseAsync(check)).QuerySelector("form[action$='/decide']")!;
        using var done = await SendAsync(browser, decide, [.. decide.QuerySelectorAll("input[type=hidden]").Where(i => i.GetAttribute("name") is "answer" or "item").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);
        done.Headers.Location!.OriginalString.ShouldBe($"{page}/done");
        return Guid.Parse(page.Split('/')[^1]);
    }

    /// <summary>Goes back to the business; returns what it learns.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReturnAsync(HttpClient browser, Guid consent)
    {
        var address = await FollowAsync(browser, $"/consents/requests/{consent}/return");
        address.ShouldStartWith(ReturnTo + "?");
        var query = HttpUtility.ParseQueryString(new Uri(address).Query);
        return query.AllKeys.ToDictionary(key => key!, key => query[key]!, StringComparer.Ordinal);
    }

    public Task<HttpResponseMessage> FetchAsync(string code, string verifier = Verifier, string returnTo = ReturnTo) =>
        PostAsync("/api/v1/consent-results", new ExchangeConsentCode(code, verifier, returnTo));

    /// <summary>The whole way: asked, agreed, fetched.</summary>
    public async Task<ConsentResult> ConnectAsync(HttpClient browser, params string[] items)
    {
        var consent = await AnswerAsync(browser, items: items is [] ? null : items);
        using var answer = await FetchAsync((await ReturnAsync(browser, consent))["code"]);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ConsentResult>(ContractJson.Options))!;
    }

    public Task<HttpResponseMessage> AcknowledgeAsync(AcknowledgementClaims claims, ECDsa? key = null) =>
        PostAsync("/api/v1/consent-acknowledgements", new PushAcknowledgement(Sign(claims, PushAcknowledgement.Type, key)));

    public AcknowledgementClaims Acknowledgement(Guid consent, AcknowledgedThing about, byte[] bytes) => new(
        Sender.ClientId, "http://localhost:5080/api/v1/consent-acknowledgements", consent, about, Convert.ToHexStringLower(SHA256.HashData(bytes)), portal.Clock.GetUtcNow().AddMinutes(4).ToUnixTimeSeconds());

    /// <summary>Presses a button of a form whose fields may stand several times; nothing but the token and the name of the form is kept.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient browser, IElement form, IReadOnlyList<(string Name, string Value)> entries)
    {
        var kept = form.QuerySelectorAll("input[type=hidden]").Where(i => i.GetAttribute("name") is not ("answer" or "item"))
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        using var content = new FormUrlEncodedContent(kept.Concat(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))));
        return await browser.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }

    public static async Task<string> FollowAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.Headers.Location.ShouldNotBeNull($"{address} answered {answer.StatusCode}").OriginalString;
    }

    public void Dispose() => Sender.Dispose();

    private Task<HttpResponseMessage> PostAsync<T>(string path, T body) => Sender.Http.PostAsJsonAsync(path, body, ContractJson.Options);
}
