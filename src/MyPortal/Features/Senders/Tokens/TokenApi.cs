using Microsoft.AspNetCore.Mvc;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders.Tokens;

/// <summary><c>POST /api/v1/token</c>: the OAuth 2.0 token endpoint, for client credentials only.</summary>
internal static class TokenApi
{
    private const int LongestForm = 16 * 1024;

    public static void MapTokenApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost(IssueSenderToken.Path, async (HttpContext http, IssueSenderToken issue) =>
        {
            if (!http.Request.HasFormContentType)
            {
                return Refuse(http, SenderErrors.UnsupportedGrant);
            }

            http.Response.Headers.CacheControl = "no-store";
            if (await IncomingBody.ReadFormAsync(http, LongestForm) is { } unreadable)
            {
                return Refuse(http, SenderErrors.UnreadableForm, RequestErrors.StatusOf(unreadable));
            }

            var form = http.Request.Form;
            var result = await issue.ExecuteAsync(new TokenRequest(form["grant_type"], form["client_assertion_type"], form["client_assertion"], form["scope"]), http.RequestAborted);
            return result.IsRefused ? Refuse(http, result.Error) : Results.Json(result.Value, ContractJson.Options);
        }).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LongestForm), AnonymousRateLimit.Mark);

    // RFC 6749 section 5.2 fixes words and statuses; our code stands in the description.
    private static IResult Refuse(HttpContext http, Error error, int? unreadable = null)
    {
        var (word, status) = error switch
        {
            _ when error == SenderErrors.UnsupportedGrant => ("unsupported_grant_type", StatusCodes.Status400BadRequest),
            _ when error == SenderErrors.UnknownScope => ("invalid_scope", StatusCodes.Status400BadRequest),
            _ when error == SenderErrors.WrongAssertionType || error == SenderErrors.UnreadableForm => ("invalid_request", unreadable ?? StatusCodes.Status400BadRequest),
            _ => ("invalid_client", StatusCodes.Status401Unauthorized),
        };
        if (status is StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"{word}\"";
        }

        return Results.Json(new TokenRefusal(word, error.Code), ContractJson.Options, statusCode: status);
    }
}
