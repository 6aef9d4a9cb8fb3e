using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.JourneyTests.Ground;

/// <summary>A sender's program, written from the description of the API alone: ES256 client assertion, token, post, status.</summary>
internal sealed class SenderProgram(World world, WorldSender sender) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(world.Portal) };

    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Assertion(),
            ["scope"] = "notice.write notice.status",
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
        var words = $"{Part("""{"alg":"ES256","typ":"JWT"}""")}.{Part(JsonSerializer.Serialize(claims))}";
        using var key = ECDsa.Create();
        key.ImportFromPem(sender.PrivateKeyPem);
        return $"{words}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(words), HashAlgorithmName.SHA256))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
