using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Account;

/// <summary>What the account pages post.</summary>
internal static class AccountApi
{
    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/enrol/loss-code/kept", async (HttpContext http, OwnProfile profile, CurrentViewer viewer) =>
        {
            await profile.KeepLossCodeAsync(viewer.Required, http.RequestAborted);
            return ProblemResults.SeeOther(http, "/");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/account/devices/{id:guid}/end", async (Guid id, HttpContext http, Sessions sessions, CurrentViewer viewer) =>
        {
            var ended = await sessions.EndAsync(viewer.Required, SessionId.From(id), SessionEnd.EndedFromAccount, http.RequestAborted);
            return ProblemResults.SeeOther(http, ended ? "/account/devices?done=ended" : "/account/devices?done=gone");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/account/devices/end-others", async (HttpContext http, Sessions sessions, CurrentViewer viewer) =>
        {
            await sessions.EndOthersAsync(viewer.Required, http.RequestAborted);
            return ProblemResults.SeeOther(http, "/account/devices?done=others");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));
    }
}
