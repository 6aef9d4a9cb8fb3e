using Microsoft.AspNetCore.Diagnostics;

namespace MyPortal.Ui;

/// <summary>Lets a page answer with a status and its own words; without it the general page for that status would take its place.</summary>
internal static class PageStatus
{
    public static void Set(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        // Switching the feature off is not enough: the renderer looks only whether it is there and then writes nothing.
        http.Features.Set<IStatusCodePagesFeature>(null);
    }
}
