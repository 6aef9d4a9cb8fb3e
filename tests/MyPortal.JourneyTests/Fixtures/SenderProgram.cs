using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>A sender's program, written from the description of the API alone: ES256 client assertion, token, post, status.</summary>
internal sealed class SenderProgram(Scenario scenario, ScenarioSender sender) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(scenario.Portal) };

    /// <summary>Gets a token for the scopes and uses it from now on.</summary>
    public async Task LogInAsync(CancellationToken cancellationToken, string scope = "notice.write notice.status")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Assertion(),
            ["scope"] = scope,
        });
        using var answer = await http.PostAsync(sender.TokenUrl, form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>(ContractJson.Options, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.AccessToken);
    }

    public async Task<HttpResponseMessage> PostAsync(PostNotice notice, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notices") { Content = JsonContent.Create(notice, options: ContractJson.Options) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await http.SendAsync(request, cancellationToken);
    }

    /// <summary>Pushes a request and returns the address to which a person's browser is sent.</summary>
    public async Task<string> AskAsync(ConsentClaims claims, CancellationToken cancellationToken)
    {
        var pushed = new PushConsentRequest(Sign(PushConsentRequest.Type, JsonSerializer.Serialize(claims, ContractJson.Options)));
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/consent-requests", UriKind.Relative), pushed, ContractJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var request = await answer.Content.ReadFromJsonAsync<PushedConsentRequest>(ContractJson.Options, cancellationToken);
        return $"/consents/start?client_id={Uri.EscapeDataString(sender.ClientId)}&request_uri={Uri.EscapeDataString(request!.RequestUri)}";
    }

    /// <summary>Exchanges the code that came back with a person.</summary>
    public async Task<ConsentResult> FetchAsync(ExchangeConsentCode exchange, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/consent-results", UriKind.Relative), exchange, ContractJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ConsentResult>(ContractJson.Options, cancellationToken))!;
    }

    public Task<HttpResponseMessage> ReadStatusAsync(Uri location, CancellationToken cancellationToken) => http.GetAsync(location, cancellationToken);

    public void Dispose() => http.Dispose();

    private string Assertion()
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = sender.ClientId,
            ["sub"] = sender.ClientId,
            ["aud"] = sender.TokenUrl,
            ["jti"] = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(2).ToUnixTimeSeconds(),
        };
        return Sign("JWT", JsonSerializer.Serialize(claims));
    }

    private string Sign(string type, string json)
    {
        var words = $"{Part($$"""{"alg":"ES256","typ":"{{type}}"}""")}.{Part(json)}";
        using var key = ECDsa.Create();
        key.ImportFromPem(sender.PrivateKeyPem);
        return $"{words}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(words), HashAlgorithmName.SHA256))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
