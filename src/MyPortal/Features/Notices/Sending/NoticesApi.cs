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

        var (post, refusal) = await ReadPostAsync(http, caller.Value);
        if (post is null)
        {
            await send.RecordRefusalAsync(caller.Value, refusal!.Error, http.RequestAborted);
            return refusal.Error.ToProblem(refusal.Faults, refusal.Status);
        }

        var result = await send.ExecuteAsync(caller.Value, post, http.RequestAborted);
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

    private static async Task<(NoticePost? Post, PostRefusal? Refusal)> ReadPostAsync(HttpContext http, CallingSender caller)
    {
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return (null, new PostRefusal(NoticeErrors.NotJson, Status: StatusCodes.Status415UnsupportedMediaType));
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey || !key.All(char.IsAscii))
        {
            return (null, new PostRefusal(NoticeErrors.KeyMissing));
        }

        // The bytes are hashed for the idempotency key as they came, so they are read before they are parsed.
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.ToArray();
        try
        {
            if (JsonSerializer.Deserialize<PostNotice>(bytes, ContractJson.Options) is not { } notice)
            {
                return (null, new PostRefusal(NoticeErrors.MalformedJson));
            }

            var faults = CheckNotice.FaultsIn(notice, caller);
            return faults.Count is 0
                ? (new NoticePost(notice, key, SHA256.HashData(bytes)), null)
                : (null, new PostRefusal(NoticeErrors.Invalid, faults, StatusCodes.Status422UnprocessableEntity));
        }
        catch (JsonException exception)
        {
            return (null, new PostRefusal(NoticeErrors.MalformedJson, [new ApiFault(JsonPointerOf(exception.Path), NoticeErrors.MalformedJson.Code)]));
        }
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

    private sealed record PostRefusal(Error Error, IReadOnlyList<ApiFault>? Faults = null, int? Status = null);
}
