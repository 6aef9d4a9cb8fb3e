using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;
using MyPortal.Web;

namespace MyPortal.Features.Operators.Authorization;

/// <summary>
/// Sends an operator whose card was shown too long ago to show it again. Whoever has no right to be there is refused like everybody
/// else: only those who may enter are asked for the card.
/// </summary>
internal sealed class StaleCardAnswer(ReturnPath returnPath) : IAuthorizationMiddlewareResultHandler
{
    private const string StepUp = "/step-up";
    private const string FirstPage = "/admin";
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden || context.Features.Get<StaleCard>() is null)
        {
            return usual.HandleAsync(next, context, policy, authorizeResult);
        }

        // What was posted is not kept; the person comes back to the page it was typed into, or to the first one where there is none.
        var hasPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        returnPath.Remember(context, hasPage ? context.Request.Path.Value + context.Request.QueryString.Value : FirstPage);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = StepUp;
        return Task.CompletedTask;
    }
}
