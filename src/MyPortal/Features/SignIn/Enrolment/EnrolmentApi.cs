using Microsoft.AspNetCore.Mvc;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Enrolment;

/// <summary>The last two steps of enrolment: a name to be greeted by, and the loss code.</summary>
internal static class EnrolmentApi
{
    public static void MapEnrolmentApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/enrol/name", async (HttpContext http, [FromForm] string? displayName, OwnProfile profile, CurrentViewer viewer) =>
        {
            var result = await profile.ChooseNameAsync(viewer.Required, displayName, http.RequestAborted);
            return HttpAnswers.SeeOther(http, result.IsRefused ? "/enrol/name?error=" + result.Error.Code : "/enrol/loss-code");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/enrol/loss-code/kept", async (HttpContext http, OwnProfile profile, CurrentViewer viewer) =>
        {
            await profile.KeepLossCodeAsync(viewer.Required, http.RequestAborted);
            return HttpAnswers.SeeOther(http, "/");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));
    }
}
