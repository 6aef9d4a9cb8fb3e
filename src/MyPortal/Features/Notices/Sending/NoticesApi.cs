using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Web;

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

    private static async Task<IResult> PostAsync(HttpContext http, ISenderAuthenticator gate, ISenderQuotas quotas, SendNotice send)
    {
        var caller = await gate.AuthenticateAsync(http, WriteScope);
        if (caller.IsRefused)
        {
            return CallerRefusal.Answer(http, caller.Error, WriteScope);
        }

        if (await quotas.TakeAsync(caller.Value, http.RequestAborted) is { } usedUp)
        {
            await send.RecordRefusalAsync(caller.Value, usedUp.Error, http.RequestAborted);
            http.Response.Headers.RetryAfter = Math.Ceiling(usedUp.RetryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return usedUp.Error.ToProblem(status: StatusCodes.Status429TooManyRequests);
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
        var status = post.Unknown.Count > 0 ? result.Value.Status with { Ignored = post.Unknown } : result.Value.Status;
        return Results.Json(status, ContractJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(Guid id, HttpContext http, ISenderAuthenticator gate, ReadNoticeStatus read)
    {
        var caller = await gate.AuthenticateAsync(http, StatusScope);
        if (caller.IsRefused)
        {
            return CallerRefusal.Answer(http, caller.Error, StatusScope);
        }

        var result = await read.ExecuteAsync(caller.Value, NoticeId.From(id), http.RequestAborted);
        return result.IsRefused ? result.Error.ToProblem() : Results.Json(result.Value, ContractJson.Options);
    }

    // The bytes are hashed for the idempotency key as they came, so they are read before they are parsed.
    private static async Task<(NoticePost? Post, PostRefusal? Refusal)> ReadPostAsync(HttpContext http, CallingSender caller)
    {
        var body = await IncomingBody.ReadJsonAsync(http, LongestBody);
        if (body.IsRefused)
        {
            return (null, new PostRefusal(body.Error, RequestErrors.StatusOf(body.Error)));
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey || !key.All(char.IsAscii))
        {
            return (null, new PostRefusal(NoticeErrors.KeyMissing));
        }

        var read = ContractReader.Read<PostNotice>(body.Value);
        if (read.Value is not { } notice)
        {
            return (null, new PostRefusal(RequestErrors.MalformedJson, Faults: read.Faults));
        }

        return CheckNotice.FaultsIn(notice, caller) is { Count: > 0 } faults
            ? (null, new PostRefusal(NoticeErrors.Invalid, StatusCodes.Status422UnprocessableEntity, faults))
            : (new NoticePost(notice, key, SHA256.HashData(body.Value)) { Unknown = read.Unknown }, null);
    }

    private sealed record PostRefusal(Error Error, int? Status = null, IReadOnlyList<ApiFault>? Faults = null);
}
