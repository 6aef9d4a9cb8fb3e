using MyPortal.CardAgent.Pages;
using MyPortal.CardAgent.Transactions;

namespace MyPortal.CardAgent.Guards;

/// <summary>
/// Pages open only because a person followed a link: no script, frame, image, prefetch or preflight of a site may start or watch a
/// transaction. Browsers set these headers themselves and let no script forge them.
/// </summary>
internal sealed class NavigationRule : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var isNavigation = request.Headers["Sec-Fetch-Dest"] == "document"
            && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Purpose"].Count == 0;
        return isNavigation
            ? next(context)
            : ValueTask.FromResult<object?>(EndPages.Refused(Language.Choose(request.Query["ui"]), Refusal.NotNavigation));
    }
}

/// <summary>
/// Forms are taken from the agent's own pages only. Sec-Fetch-Site says so; the Origin header cannot, since pages under
/// <c>Referrer-Policy: no-referrer</c> send <c>null</c>. Programs that send neither still need the transaction's address and token.
/// </summary>
internal sealed class OwnFormRule : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var site = context.HttpContext.Request.Headers["Sec-Fetch-Site"];
        return site.Count == 0 || site == "same-origin"
            ? next(context)
            : ValueTask.FromResult<object?>(EndPages.Refused(Language.Japanese, Refusal.ForeignForm));
    }
}
