using MyPortal.Features.Operators.Public;
using MyPortal.Features.Senders.Admission;
using MyPortal.Features.Senders.Keys;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders.Console;

/// <summary>What the pages about senders post with a single button.</summary>
internal static class SenderConsoleApi
{
    public static void MapSenderConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/senders/{id:guid}/submit", async (Guid id, HttpContext http, WriteChangeRequest write, CurrentOperator by) =>
        {
            var refusal = await write.SubmitAsync(by.Required, SenderId.From(id), http.RequestAborted);
            return ProblemResults.SeeOther(http, $"/admin/senders/{id:D}?done={refusal?.Code ?? "submitted"}");
        }).WithMetadata(new RequiresRoleAttribute(OperatorRoles.Receive));

        routes.MapPost("/admin/senders/{id:guid}/keys/{key:guid}/revoke", async (Guid id, Guid key, HttpContext http, SenderKeyRing ring, CurrentOperator by) =>
        {
            var revoked = await ring.RevokeAsync(by.Required, SenderId.From(id), key, http.RequestAborted);
            return ProblemResults.SeeOther(http, $"/admin/senders/{id:D}/keys?done={(revoked ? "revoked" : "gone")}");
        }).WithMetadata(new RequiresRoleAttribute(OperatorRoles.Operate));
    }
}
