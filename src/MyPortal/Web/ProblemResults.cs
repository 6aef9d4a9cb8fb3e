using System.Diagnostics;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>The one place where refusals become HTTP answers.</summary>
internal static class ProblemResults
{
    public static int ToStatus(this ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status403Forbidden,
    };

    /// <summary>Problem details (RFC 9457) with the stable code and a reference for support.</summary>
    public static IResult ToProblem(this Error error, IReadOnlyList<ApiFault>? faults = null, int? status = null)
    {
        const int MostFaults = 100;
        var problem = new ApiProblem(
            "urn:myportal:error:" + error.Code,
            error.Code,
            status ?? error.Kind.ToStatus(),
            error.Code,
            Activity.Current?.TraceId.ToHexString() ?? "",
            faults is { Count: > 0 } ? [.. faults.Take(MostFaults)] : null,
            faults is { Count: > MostFaults } ? true : null);
        return Results.Json(problem, ContractJson.Options, "application/problem+json", problem.Status);
    }

    /// <summary>Sends the browser on with GET; the framework's own redirects are 302 and 307.</summary>
    public static IResult SeeOther(HttpContext http, string localPath)
    {
        http.Response.Headers.Location = localPath;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
