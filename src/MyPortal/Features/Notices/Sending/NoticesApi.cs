using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Sending;

/// <summary><c>/api/v1/notices</c>: what senders call. Described in docs/sender-api.md.</summary>
internal static class NoticesApi
{
    private const string Path = "/api/v1/notices";
    private const string WriteScope = "notice.write";
    private const string StatusScope = "notice.status";
    private const int LongestBody = 256 * 1024;
    private const int LongestKey = 100;

    public static void MapNoticesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        routes.MapGet(Path + "/{id:guid}", ReadAsync).AllowAnonymous();
    }

    private static async Task<IResult> PostAsync(HttpContext http, ISenderGate gate, SendNotice send)
    {
        var caller = await gate.AuthenticateAsync(http, WriteScope);
        if (caller.IsRefused)
        {
            return Refuse(http, caller.Error);
        }

        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return NoticeErrors.NotJson.ToProblem(status: StatusCodes.Status415UnsupportedMediaType);
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey || !key.All(char.IsAscii))
        {
            return NoticeErrors.KeyMissing.ToProblem();
        }

        var body = await ReadBodyAsync(http);
        var (notice, unreadable) = Parse(body);
        if (notice is null)
        {
            return unreadable!;
        }

        var faults = CheckNotice.FaultsIn(notice, caller.Value);
        if (faults.Count > 0)
        {
            return NoticeErrors.Invalid.ToProblem(faults, StatusCodes.Status422UnprocessableEntity);
        }

        var result = await send.ExecuteAsync(caller.Value, new NoticePost(notice, key, SHA256.HashData(body)), http.RequestAborted);
        if (result.IsRefused)
        {
            return result.Error.ToProblem(status: result.Error == NoticeErrors.KeyReused ? StatusCodes.Status422UnprocessableEntity : null);
        }

        if (result.Value.IsReplay)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        http.Response.Headers.Location = $"{Path}/{result.Value.Status.Id:D}";
        return Results.Json(result.Value.Status, ContractJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(Guid id, HttpContext http, ISenderGate gate, ReadNoticeStatus read)
    {
        var caller = await gate.AuthenticateAsync(http, StatusScope);
        if (caller.IsRefused)
        {
            return Refuse(http, caller.Error);
        }

        var result = await read.ExecuteAsync(caller.Value, NoticeId.From(id), http.RequestAborted);
        return result.IsRefused ? result.Error.ToProblem() : Results.Json(result.Value, ContractJson.Options);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    // The bytes are hashed for the idempotency key as they came, so they are read before they are parsed.
    private static (PostNotice? Notice, IResult? Refusal) Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<PostNotice>(body, ContractJson.Options) is { } notice
                ? (notice, null)
                : (null, NoticeErrors.MalformedJson.ToProblem());
        }
        catch (JsonException exception)
        {
            return (null, NoticeErrors.MalformedJson.ToProblem([new ApiFault(JsonPointerOf(exception.Path), NoticeErrors.MalformedJson.Code)]));
        }
    }

    private static string JsonPointerOf(string? jsonPath) =>
        (jsonPath ?? "").TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    private static IResult Refuse(HttpContext http, Error error)
    {
        if (error.Code.Contains("scope", StringComparison.Ordinal))
        {
            return error.ToProblem();
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return error.ToProblem(status: StatusCodes.Status401Unauthorized);
    }
}
