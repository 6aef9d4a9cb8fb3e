using System.Net;
using System.Net.Http.Headers;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders;

/// <summary>One sender's use of the portal's sender API, as any business would write it.</summary>
internal sealed class SenderClient(SandboxSender sender, Uri portal, HttpClient http, TimeProvider clock)
{
    private const int MostAttempts = 5;
    private const string Scopes = "notice.write notice.status consent.request";
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    private string? token;
    private DateTimeOffset tokenEnds;

    public Uri TokenAddress { get; } = new(portal, "/api/v1/token");

    /// <summary>Posts one notice; the same key never makes a second one.</summary>
    /// <exception cref="HttpRequestException">The portal refused or did not answer.</exception>
    public async Task<NoticeStatus> PostAsync(PostNotice notice, string idempotencyKey, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal, "/api/v1/notices"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
            request.Headers.Add("Idempotency-Key", idempotencyKey);
            request.Content = JsonContent.Create(notice, options: ContractJson.Options);
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests && attempt < MostAttempts)
            {
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? DefaultPause, clock, cancellationToken);
                continue;
            }
            return await ReadAsync<NoticeStatus>(answer, cancellationToken);
        }
    }

    /// <summary>Posts JSON to any other endpoint of the portal; null when the answer is empty.</summary>
    /// <exception cref="HttpRequestException">The portal refused or did not answer.</exception>
    public async Task<T?> CallAsync<T>(Uri endpoint, object body, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        request.Content = JsonContent.Create(body, body.GetType(), options: ContractJson.Options);
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode is HttpStatusCode.NoContent ? null : await ReadAsync<T>(answer, cancellationToken);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (token is not null && now < tokenEnds - Margin) return token;

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = ClientAssertion.Type,
            ["client_assertion"] = ClientAssertion.Create(sender, TokenAddress, now),
            ["scope"] = Scopes,
        });
        using var answer = await http.PostAsync(TokenAddress, form, cancellationToken);
        var granted = await ReadAsync<TokenAnswer>(answer, cancellationToken);
        tokenEnds = now.AddSeconds(granted.ExpiresIn);
        return token = granted.AccessToken;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            // A refusal of the sender API carries codes, never content, so it may be shown.
            var refusal = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"{answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: {refusal}", null, answer.StatusCode);
        }
        return await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options, cancellationToken)
            ?? throw new HttpRequestException("The portal answered with an empty body.");
    }
}
