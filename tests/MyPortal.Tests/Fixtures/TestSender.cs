using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Tests.Fixtures;

/// <summary>An agency or business that is registered at a portal under test and speaks to it as any sender would.</summary>
internal sealed class TestSender : IDisposable
{
    private readonly TestPortal portal;
    private readonly RegisteredSender registered;

    private TestSender(TestPortal portal, string clientId, AsymmetricAlgorithm key, RegisteredSender registered)
    {
        (this.portal, this.registered, ClientId, Key) = (portal, registered, clientId, key);
        Http = portal.Browser();
    }

    public string ClientId { get; }

    public AsymmetricAlgorithm Key { get; }

    public SenderId Id => registered.Id;

    public SenderServiceId Service => registered.Service;

    /// <summary>Carries the bearer token, once there is one.</summary>
    public HttpClient Http { get; }

    /// <summary>Registers a sender without a token.</summary>
    public static async Task<TestSender> RegisterAsync(TestPortal portal, bool isPublic = true, string? name = null, AsymmetricAlgorithm? key = null, ConsentRequester? asking = null, string? law = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var clientId = $"sender-{Guid.NewGuid():N}";
        var registration = new SenderRegistration(clientId, name ?? (isPublic ? "さくら市" : "みどり電力"), isPublic, "お知らせ", key.ExportSubjectPublicKeyInfo()) { Requester = asking, Law = law };
        return new TestSender(portal, clientId, key, await portal.Get<ISenderRegister>().RegisterAsync(registration, CancellationToken.None));
    }

    /// <summary>A sender that operators admitted.</summary>
    public static TestSender Admitted(TestPortal portal, string clientId, AsymmetricAlgorithm key, SenderId id, SenderServiceId service) =>
        new(portal, clientId, key, new RegisteredSender(id, service));

    /// <summary>Registers a sender and gets it a token.</summary>
    public static async Task<TestSender> SignedInAsync(TestPortal portal, bool isPublic = true, string? name = null, ConsentRequester? asking = null, string? law = null)
    {
        var sender = await RegisterAsync(portal, isPublic, name, asking: asking, law: law);
        await sender.SignInAsync();
        return sender;
    }

    /// <summary>Gets a token for the scopes (all, when none is named), uses it from now on and returns it.</summary>
    public Task<string> SignInAsync(string? scope = null) => SignInAsync(Http, scope);

    /// <summary>The same with a client of the test's own, for a portal in another process.</summary>
    public async Task<string> SignInAsync(HttpClient http, string? scope = null)
    {
        using var answer = await AskTokenAsync(TestAssertion.For(this, portal.Clock.GetUtcNow()).SignWith(Key), scope, http: http);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<TokenAnswer>(ContractJson.Options))!.AccessToken;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    public Task<HttpResponseMessage> AskTokenAsync(string assertion, string? scope = null, string grant = "client_credentials", string type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", HttpClient? http = null)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = grant, ["client_assertion_type"] = type, ["client_assertion"] = assertion };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return (http ?? Http).PostAsync("/api/v1/token", new FormUrlEncodedContent(form));
    }

    /// <summary>The sender's code for a citizen, granted behind the scenes; the way over the pages is tested with the consents.</summary>
    public async Task<string> CodeOfAsync(CitizenId citizen)
    {
        await using var db = portal.OpenDatabase();
        using var key = await portal.Get<CitizenKeys>().OpenAsync(db, citizen, CancellationToken.None);
        var place = new ConsentPlace(ConsentId.New(portal.Clock.Now()), Id, Service);
        var code = await portal.Get<RecipientCodes>().GrantAsync(db, key, citizen, place, portal.Clock.Now().AddYears(5), law: null, isToldOpened: false, CancellationToken.None);
        await db.SaveChangesAsync();
        return code;
    }

    public Task<HttpResponseMessage> PostAsync(HttpContent body, string? idempotencyKey = null) => PostAsync(Http, body, idempotencyKey);

    public Task<HttpResponseMessage> PostAsync(PostNotice notice, string? idempotencyKey = null) => PostAsync(Http, notice, idempotencyKey);

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, PostNotice notice, string? idempotencyKey = null) =>
        PostAsync(http, JsonContent.Create(notice, options: ContractJson.Options), idempotencyKey);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, HttpContent body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notices") { Content = body };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString("N"));
        return await http.SendAsync(request);
    }

    /// <summary>Puts an ordinary notice into somebody's mailbox.</summary>
    public async Task<NoticeStatus> SendAsync(CitizenId to, string title = "お知らせ", string body = "本文です。")
    {
        using var answer = await PostAsync(Letter(await CodeOfAsync(to), title, body));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options))!;
    }

    /// <summary>A notice without a fault.</summary>
    public static PostNotice Letter(string recipient, string title = "お知らせ", string body = "本文です。") =>
        new(recipient, NoticeType.Info, [new NoticeContent("ja", title, body)], Reason: "ご契約者ご本人あてのため");

    public void Dispose()
    {
        Key.Dispose();
        Http.Dispose();
    }
}

/// <summary>A client assertion of which a test may spoil any part.</summary>
internal sealed record TestAssertion(string Issuer, string Subject, string Audience, string Id, long ExpiresAt)
{
    public string Algorithm { get; init; } = "ES256";

    public IReadOnlyList<string>? Critical { get; init; }

    /// <summary>Claims besides the five, or in their place.</summary>
    public IReadOnlyDictionary<string, object> Others { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public static TestAssertion For(TestSender sender, DateTimeOffset now) =>
        new(sender.ClientId, sender.ClientId, "http://localhost:5080/api/v1/token", Guid.NewGuid().ToString("N"), now.AddMinutes(4).ToUnixTimeSeconds())
        {
            Algorithm = sender.Key is RSA ? "PS256" : "ES256",
        };

    public string SignWith(AsymmetricAlgorithm key) => SignWith(bytes => key switch
    {
        ECDsa ec => ec.SignData(bytes, HashAlgorithmName.SHA256),
        RSA rsa => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => throw new ArgumentException("Unknown kind of key.", nameof(key)),
    });

    public string SignWith(Func<byte[], byte[]> sign)
    {
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = Algorithm, ["typ"] = "JWT" };
        if (Critical is not null)
        {
            header["crit"] = Critical;
        }

        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["iss"] = Issuer, ["sub"] = Subject, ["aud"] = Audience, ["jti"] = Id, ["exp"] = ExpiresAt };
        foreach (var (name, value) in Others)
        {
            claims[name] = value;
        }

        var signed = Write(JsonSerializer.SerializeToUtf8Bytes(header)) + "." + Write(JsonSerializer.SerializeToUtf8Bytes(claims));
        return signed + "." + Write(sign(Encoding.ASCII.GetBytes(signed)));
    }

    private static string Write(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
