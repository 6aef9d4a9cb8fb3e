using Microsoft.AspNetCore.Mvc;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn.Card;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.SignIn;

/// <summary>The addresses of the card login that are not pages: what sets a cookie, and what the agent calls.</summary>
internal static class SignInApi
{
    private const int LongestResponse = 64 * 1024;
    private const string LoggedOut = "/?done=logout";

    public static void MapSignInApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/login/card/start", (HttpContext http, StartCardTransaction start, ReturnPath returnPath, PortalSite site) =>
            StartAsync(http, start, site, CardPurpose.Login, returnPath.Take(http), "/login/card/")).AllowAnonymous().WithMetadata(AnonymousRateLimit.Mark, new OldTab("/", "/login"));
        routes.MapPost("/enrol/card/start", (HttpContext http, StartCardTransaction start, PortalSite site) =>
            StartAsync(http, start, site, CardPurpose.Enrol, "/enrol/name", "/enrol/card/")).AllowAnonymous().WithMetadata(AnonymousRateLimit.Mark, new OldTab("/", "/enrol"));
        routes.MapPost("/step-up/card/start", StepUpAsync).WithMetadata(new RequiresLevelAttribute(AssuranceLevel.CardWithoutPin));
        routes.MapGet("/card/t/{ticket:regex(\\A[A-Za-z0-9_-]{{43}}\\z)}", FetchAsync).AllowAnonymous().WithMetadata(AnonymousRateLimit.Mark);
        routes.MapPost("/card/t/{ticket:regex(\\A[A-Za-z0-9_-]{{43}}\\z)}/response", AnswerAsync).AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LongestResponse), AnonymousRateLimit.Mark);
        routes.MapGet("/card/complete", CompleteAsync).AllowAnonymous().WithMetadata(AnonymousRateLimit.Mark);
        routes.MapPost("/logout", LogOutAsync).AllowAnonymous().WithMetadata(new OldTab(SignedIn: null, LoggedOut));
    }

    private static Task<IResult> StartAsync(HttpContext http, StartCardTransaction start, PortalSite site, CardPurpose purpose, string returnPath, string page) =>
        start.StartAsync(http, site, new CardRequest(purpose, returnPath), page);

    // The page may name where to go on; otherwise it is the page that asked for the card.
    private static async Task<IResult> StepUpAsync(HttpContext http, StartCardTransaction start, ReturnPath returnPath, CurrentViewer viewer, PortalSite site)
    {
        var remembered = returnPath.Take(http);
        var named = http.Request.Form["return"].ToString();
        var goOnTo = named.Length is > 0 and <= ReturnPath.LongestPath && LocalPath.IsLocal(named) ? named : remembered;
        return await start.StartAsync(http, site, new CardRequest(CardPurpose.StepUp, goOnTo) { Person = viewer.Required }, "/step-up/card/");
    }

    private static async Task<IResult> FetchAsync(string ticket, HttpContext http, FetchCardDocument fetch, CancellationToken cancellationToken)
    {
        // It can be fetched once.
        if (http.OnlyLooks())
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var result = await fetch.ExecuteAsync(ticket, cancellationToken);
        return result.IsRefused ? result.Error.ToProblem() : Results.Json(result.Value, ContractJson.Options);
    }

    private static async Task<IResult> AnswerAsync(string ticket, HttpContext http, AnswerCardTransaction answer, PortalSite site)
    {
        var body = await IncomingBody.ReadJsonAsync(http, LongestResponse);
        if (body.IsRefused)
        {
            return body.Error.ToProblem(status: RequestErrors.StatusOf(body.Error));
        }

        // The serializer lets null through as an element of a list.
        var read = ContractReader.Read<CardResponse>(body.Value);
        if (read.Value is not { } response || response.Signatures.Any(signature => signature is null))
        {
            return SignInErrors.BadResponse.ToProblem(read.Faults);
        }

        var result = await answer.ExecuteAsync(ticket, $"{site.OriginText}/card/t/{ticket}", response, http.RequestAborted);
        return result.IsRefused ? result.Error.ToProblem() : Results.Json(result.Value, ContractJson.Options);
    }

    private static async Task<IResult> CompleteAsync(HttpContext http, string? code, CompleteCardTransaction complete, Sessions sessions, CurrentViewer viewer, PortalSite site)
    {
        // A browser that fetches ahead must not spend a one-time code.
        if (http.OnlyLooks())
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var bindingCookie = site.CookieName(TransactionSecrets.BindingCookie);
        var browser = new TransactionBrowser(http.Request.Cookies[bindingCookie], UserAgentSummary.Of(http.Request.Headers.UserAgent), viewer.OrNull);
        var result = await complete.ExecuteAsync(code ?? "", browser, http.RequestAborted);
        if (result.IsRefused)
        {
            var again = WordOf(await complete.PurposeOfAsync(code ?? "", http.RequestAborted));
            return ProblemResults.SeeOther(http, $"/login/problem/{result.Error.Code}{(again is null ? "" : "?for=" + again)}");
        }

        if (result.Value.IsNewSession && viewer.OrNull is { } before)
        {
            await sessions.EndAsync(before, before.Session, SessionEnd.ReplacedByNewLogin, http.RequestAborted);
        }

        http.Response.Cookies.Delete(bindingCookie, site.Cookie());
        if (result.Value.SessionToken is { } token)
        {
            http.Response.Cookies.Append(site.CookieName(Sessions.CookieName), token, site.Cookie());
        }

        return ProblemResults.SeeOther(
            http, result.Value.HasEndedAnother ? $"/account/devices?done=most&next={Uri.EscapeDataString(result.Value.ReturnPath)}" : result.Value.ReturnPath);
    }

    // The first part of the addresses of what is not a login.
    private static string? WordOf(CardPurpose? purpose) => purpose switch
    {
        CardPurpose.Enrol => "enrol",
        CardPurpose.StepUp => "step-up",
        CardPurpose.Sign => "sign",
        _ => null,
    };

    private static async Task<IResult> LogOutAsync(HttpContext http, Sessions sessions, CurrentViewer viewer, PortalSite site)
    {
        if (viewer.OrNull is { } current)
        {
            await sessions.EndAsync(current, current.Session, SessionEnd.LoggedOut, http.RequestAborted);
        }

        // By name, not by Clear-Site-Data "cookies": the language stays.
        foreach (var name in (string[])[Sessions.CookieName, PortalCookies.Form, TransactionSecrets.BindingCookie, ReturnPath.CookieName])
        {
            http.Response.Cookies.Delete(site.CookieName(name), site.Cookie());
        }

        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return ProblemResults.SeeOther(http, LoggedOut);
    }
}
