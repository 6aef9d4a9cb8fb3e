using Microsoft.AspNetCore.Http.HttpResults;
using MyPortal.Kernel;
using MyPortal.Ui;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary><c>GET /language?to=en&amp;return=/path</c>: remembers the language and goes back to the page.</summary>
internal static class LanguageSwitch
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static void MapLanguageSwitch(this IEndpointRouteBuilder routes) => routes.MapGet("/language", Switch);

    /// <summary>The address that switches to a language and comes back to the page shown now.</summary>
    public static string AddressFor(Language language, HttpContext context)
    {
        // The address of a failed page may carry what must not be repeated (a one-time code); its path is enough to come back.
        var query = context.Response.StatusCode == StatusCodes.Status200OK ? context.Request.QueryString.Value : "";
        return $"/language?to={language.Name}&return={Uri.EscapeDataString(context.Request.Path + query)}";
    }

    private static StatusCodeHttpResult Switch(string? to, string? @return, HttpContext context, PortalSite site)
    {
        if (Language.Named(to) is not { } language)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        // Nobody chose it yet when a browser fetches ahead.
        if (!context.OnlyLooks())
        {
            context.Response.Cookies.Append(site.CookieName(RequestLanguage.CookieName), language.Name, site.Cookie(Remembered));
        }

        context.Response.Headers.Location = LocalPath.OrHome(@return);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
