using Microsoft.AspNetCore.Mvc;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

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
                return Refuse(SenderErrors.UnsupportedGrant);
            }

            if (await ReadFormAsync(http) is not { } form)
            {
                return Refuse(SenderErrors.UnreadableForm);
            }

            var result = await issue.ExecuteAsync(new TokenRequest(form["grant_type"], form["client_assertion_type"], form["client_assertion"], form["scope"]), http.RequestAborted);
            http.Response.Headers.CacheControl = "no-store";
            return result.IsRefused ? Refuse(result.Error) : Results.Json(result.Value, ContractJson.Options);
        }).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LongestForm));

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            // Too long, too many fields or not a form at all.
            return null;
        }
    }

    // RFC 6749 section 5.2 fixes words and statuses; our code stands in the description.
    private static IResult Refuse(Error error)
    {
        var (word, status) = error switch
        {
            _ when error == SenderErrors.UnsupportedGrant => ("unsupported_grant_type", StatusCodes.Status400BadRequest),
            _ when error == SenderErrors.UnknownScope => ("invalid_scope", StatusCodes.Status400BadRequest),
            _ when error == SenderErrors.WrongAssertionType || error == SenderErrors.UnreadableForm => ("invalid_request", StatusCodes.Status400BadRequest),
            _ => ("invalid_client", StatusCodes.Status401Unauthorized),
        };
        return Results.Json(new TokenRefusal(word, error.Code), ContractJson.Options, statusCode: status);
    }
}
