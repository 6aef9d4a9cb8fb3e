using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>Speaks to the portal: fetches a ticket once, sends the answer once. No redirects, no cookies, nothing over 16 KB.</summary>
internal sealed partial class PortalClient(ILogger<PortalClient> log) : IDisposable
{
    private const int LongestAnswer = 16 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !AgentBuild.IsForSandbox,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public Task<Attempt<CardTicket>> FetchAsync(TicketAddress ticket, CancellationToken cancellationToken) =>
        AskAsync<CardTicket>(new HttpRequestMessage(HttpMethod.Get, ticket.Ticket), RefusalOfFetch, cancellationToken);

    public Task<Attempt<CardCompletion>> AnswerAsync(TicketAddress ticket, CardResponse response, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ticket.Response)
        {
            Content = JsonContent.Create(response, options: ContractJson.Options),
        };
        return AskAsync<CardCompletion>(request, RefusalOfAnswer, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt<T>> AskAsync<T>(HttpRequestMessage request, Func<HttpStatusCode, string?, Refusal> refuse, CancellationToken cancellationToken)
        where T : class
    {
        using (request)
        {
            try
            {
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (answer.Content.Headers.ContentLength > LongestAnswer) return Refusal.PortalAnswer;

                // Reading through the content's own buffer enforces the limit for answers without a length, too.
                await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
                var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK) return JsonSerializer.Deserialize<T>(body, ContractJson.Options) is { } value ? value : Refusal.PortalAnswer;
                if ((int)answer.StatusCode is >= 300 and < 400) return Refusal.PortalAnswer;
                return refuse(answer.StatusCode, CodeOf(body));
            }
            catch (JsonException)
            {
                return Refusal.PortalAnswer;
            }
            catch (HttpRequestException e)
            {
                log.LogWarning("The portal could not be asked: {Reason}", e.HttpRequestError);
                return e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? Refusal.PortalAnswer : Refusal.Unreachable;
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return Refusal.Unreachable;
            }
        }
    }

    private static Refusal RefusalOfFetch(HttpStatusCode status, string? code) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Conflict => Refusal.AlreadyUsed,
        HttpStatusCode.Gone => Refusal.Expired,
        >= HttpStatusCode.InternalServerError when code is null => Refusal.Unreachable,
        HttpStatusCode.ServiceUnavailable => Refusal.PortalLater(code!),
        _ => Refusal.ByPortal(code),
    };

    private static Refusal RefusalOfAnswer(HttpStatusCode status, string? code) => status switch
    {
        HttpStatusCode.Gone => Refusal.Expired,
        >= HttpStatusCode.InternalServerError when code is null => Refusal.Unreachable,
        _ => Refusal.ByPortal(code),
    };

    // problem+json (RFC 9457) with the extension member "code"; anything else is a refusal without a code.
    private static string? CodeOf(byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                && code.GetString() is { } text && ProblemCode.IsMatch(text)
                    ? text
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9.-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProblemCode { get; }
}
