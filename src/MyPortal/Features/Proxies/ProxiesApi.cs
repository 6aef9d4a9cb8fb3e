using MyPortal.Contracts.CardAgent;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Proxies;

/// <summary>What the pages of this feature post.</summary>
internal static class ProxiesApi
{
    public static void MapProxiesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/proxy/invitations/{id:guid}/sign", async (Guid id, HttpContext http, ReadMandate read, ISignWithCard sign, CurrentViewer viewer) =>
        {
            var mandate = await read.AsInvitedAsync(viewer.Required, MandateId.From(id), http.RequestAborted);
            return mandate is { IsRefused: false, Value.State: MandateState.Claimed }
                ? await sign.StartAsync(http, viewer.Required, mandate.Value.ToSign(SigningRole.Proxy), $"/proxy/invitations/{id}")
                : ProblemResults.SeeOther(http, $"/proxy/invitations/{id}");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/proxy/invitations/{id:guid}/refuse", async (Guid id, HttpContext http, RefuseInvitation refuse, CurrentViewer viewer) =>
        {
            var isRefused = await refuse.ExecuteAsync(viewer.Required, MandateId.From(id), http.RequestAborted);
            return ProblemResults.SeeOther(http, isRefused ? "/proxy?done=refused" : "/proxy?done=gone");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/proxy/{id:guid}/sign", async (Guid id, HttpContext http, ReadMandate read, ISignWithCard sign, CurrentViewer viewer) =>
        {
            var mandate = await read.AsPrincipalAsync(viewer.Required, MandateId.From(id), http.RequestAborted);
            return mandate is { IsRefused: false, Value.State: MandateState.Accepted }
                ? await sign.StartAsync(http, viewer.Required, mandate.Value.ToSign(SigningRole.Principal), $"/proxy/{id}")
                : ProblemResults.SeeOther(http, $"/proxy/{id}");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));

        routes.MapPost("/proxy/{id:guid}/stop", async (Guid id, HttpContext http, StopMandate stop, CurrentViewer viewer) =>
        {
            var isSilent = (await http.Request.ReadFormAsync(http.RequestAborted))["silent"].ToString() is "yes";
            var isStopped = await stop.ExecuteAsync(viewer.Required, MandateId.From(id), isSilent, http.RequestAborted);
            return ProblemResults.SeeOther(http, isStopped ? "/proxy?done=stopped" : "/proxy?done=gone");
        }).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.Verified));
    }
}
