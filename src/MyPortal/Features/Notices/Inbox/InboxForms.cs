using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>What the pages of the inbox post.</summary>
internal static class InboxForms
{
    public static void MapInboxForms(this IEndpointRouteBuilder routes)
    {
        var verified = new RequiresLevelAttribute(AssuranceLevel.Verified);
        routes.MapPost("/inbox/{id:guid}/done", (Guid id, HttpContext http, MarkDone mark, CurrentViewer viewer) => MarkAsync(id, isDone: true, http, mark, viewer)).WithMetadata(verified);
        routes.MapPost("/inbox/{id:guid}/undone", (Guid id, HttpContext http, MarkDone mark, CurrentViewer viewer) => MarkAsync(id, isDone: false, http, mark, viewer)).WithMetadata(verified);
    }

    private static async Task<IResult> MarkAsync(Guid id, bool isDone, HttpContext http, MarkDone mark, CurrentViewer viewer)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var marked = await mark.ExecuteAsync(viewer.Required, NoticeId.From(id), isDone, http.RequestAborted);

        // The page of a notice that is not there says so.
        var isFromHome = form["from"] == "home" && !marked.IsRefused;
        return ProblemResults.SeeOther(http, (isFromHome, isDone) switch
        {
            (true, true) => $"/?done={id}",
            (true, false) => "/",
            (false, true) => $"/inbox/{id}?marked=done",
            (false, false) => $"/inbox/{id}?marked=undone",
        });
    }
}
