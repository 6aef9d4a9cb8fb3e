using Microsoft.AspNetCore.Mvc;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Features.Senders.Public;
using MyPortal.Web;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>What businesses call about consents. Described in docs/sender-api.md.</summary>
internal static class ConsentsApi
{
    private const string Scope = "consent.request";
    private const int LongestBody = 128 * 1024;

    public static void MapConsentsApi(this IEndpointRouteBuilder routes)
    {
        var body = new RequestSizeLimitAttribute(LongestBody);
        routes.MapPost(PushConsent.Path, PushAsync).AllowAnonymous().WithMetadata(body);
        routes.MapPost("/api/v1/consent-results", FetchAsync).AllowAnonymous().WithMetadata(body);
        routes.MapPost(AcknowledgeConsent.Path, AcknowledgeAsync).AllowAnonymous().WithMetadata(body);
        routes.MapGet("/api/v1/receipt-certificate", (ReceiptSigner signer) => Results.Text(signer.CertificatePem, "application/x-pem-file")).AllowAnonymous();
    }

    private static async Task<IResult> PushAsync(HttpContext http, ISenderAuthenticator gate, PushConsent push)
    {
        var (caller, body, refusal) = await ReadAsync<PushConsentRequest>(http, gate);
        if (refusal is not null)
        {
            return refusal;
        }

        var (pushed, why) = await push.ExecuteAsync(caller!, body!.Request, http.RequestAborted);
        return why is null
            ? Results.Json(pushed, ContractJson.Options, statusCode: StatusCodes.Status201Created)
            : Refuse(why);
    }

    private static async Task<IResult> FetchAsync(HttpContext http, ISenderAuthenticator gate, FetchConsentResult fetch)
    {
        var (caller, body, refusal) = await ReadAsync<ExchangeConsentCode>(http, gate);
        if (refusal is not null)
        {
            return refusal;
        }

        var result = await fetch.ExecuteAsync(caller!, body!, http.RequestAborted);
        return result.IsRefused ? result.Error.ToProblem() : Results.Json(result.Value, ContractJson.Options);
    }

    private static async Task<IResult> AcknowledgeAsync(HttpContext http, ISenderAuthenticator gate, AcknowledgeConsent acknowledge)
    {
        var (caller, body, refusal) = await ReadAsync<PushAcknowledgement>(http, gate);
        if (refusal is not null)
        {
            return refusal;
        }

        var why = await acknowledge.ExecuteAsync(caller!, body!.Acknowledgement, http.RequestAborted);
        return why is null ? Results.NoContent() : Refuse(why);
    }

    private static IResult Refuse(StatementRefusal why) =>
        why.Error.ToProblem(why.Faults, why.Error == ConsentErrors.Invalid ? StatusCodes.Status422UnprocessableEntity : null);

    private static async Task<(CallingSender? Caller, T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext http, ISenderAuthenticator gate)
        where T : class
    {
        http.Response.Headers.CacheControl = "no-store";
        var caller = await gate.AuthenticateAsync(http, Scope);
        if (caller.IsRefused)
        {
            return (null, null, CallerRefusal.Answer(http, caller.Error, Scope));
        }

        var body = await IncomingBody.ReadJsonAsync(http, LongestBody);
        if (body.IsRefused)
        {
            return (null, null, body.Error.ToProblem(status: RequestErrors.StatusOf(body.Error)));
        }

        var read = ContractReader.Read<T>(body.Value);
        return (caller.Value, read.Value, read.Value is null ? ConsentErrors.MalformedStatement.ToProblem(read.Faults) : null);
    }
}
