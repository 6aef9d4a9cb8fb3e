using MyPortal.Contracts.Hub;
using MyPortal.Features.AccessLog.Pages;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Ui;
using MyPortal.Web;

namespace MyPortal.Features.AccessLog;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class AccessLogFeature
{
    /// <summary>The dataset in which the hub answers for its own records.</summary>
    private const string Dataset = "access-records";

    public static void AddAccessLog(this IServiceCollection services)
    {
        services.AddSingleton<ListRecords>();
        services.AddSingleton(new HomeTile(50, typeof(LastUsesTile), Aside: true));
    }

    public static void MapAccessLog(this IEndpointRouteBuilder routes) => routes.MapPost("/access-log/ask", async (HttpContext http, IInquiryBatches runs, CurrentViewer viewer) =>
    {
        var started = await runs.StartAsync(viewer.Required, InquiryKind.AccessLog, IsOwnRecord, http.RequestAborted);
        return ProblemResults.SeeOther(http, started.IsRefused ? $"/access-log?problem={started.Error.Code}" : $"/access-log/{started.Value.Id:D}");
    }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

    private static bool IsOwnRecord(MatrixRow row) => row.DatasetId is Dataset && row.RequesterClass is "portal";
}
