using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.SignIn.Card;

internal sealed class SignWithCard(StartCardTransaction start, PortalSite site) : ISignWithCard
{
    public Task<IResult> StartAsync(HttpContext http, Viewer viewer, TextToSign text, string startPath) =>
        start.StartAsync(http, site, new CardRequest(CardPurpose.Sign, startPath) { Person = viewer, Text = text }, "/sign/card/");
}

/// <summary>Begins a card transaction in a browser.</summary>
internal static class CardStart
{
    /// <summary>Starts it, gives the browser the binding cookie and sends it to the page that leads to the agent.</summary>
    public static async Task<IResult> StartAsync(this StartCardTransaction start, HttpContext http, PortalSite site, CardRequest request, string page)
    {
        var started = await start.ExecuteAsync(request, http.RequestAborted);
        http.Response.Cookies.Append(site.CookieName(TransactionSecrets.BindingCookie), started.Binding, site.Cookie(CardTransaction.Life + CardTransaction.CompletionLife));
        return ProblemResults.SeeOther(http, page + started.Id.ToString("D"));
    }
}
