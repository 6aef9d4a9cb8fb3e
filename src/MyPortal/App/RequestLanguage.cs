using System.Globalization;
using Microsoft.Net.Http.Headers;
using MyPortal.Kernel;
using MyPortal.Ui;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>
/// Chooses the language of the texts: the visitor's own choice (cookie), else what the browser asks for, else Japanese.
/// Dates and numbers stay Japanese in every language: the English calendar of .NET cannot count eras.
/// </summary>
internal sealed class RequestLanguage(RequestDelegate next, PortalSite site)
{
    public const string CookieName = "language";

    public Task InvokeAsync(HttpContext context)
    {
        Apply(context.Request, site);
        return next(context);
    }

    /// <summary>Sets the cultures of the running request.</summary>
    public static void Apply(HttpRequest request, PortalSite site)
    {
        CultureInfo.CurrentCulture = Language.Japanese.Culture;
        CultureInfo.CurrentUICulture = Choose(request, site).Culture;
    }

    private static Language Choose(HttpRequest request, PortalSite site) =>
        Language.Named(request.Cookies[site.CookieName(CookieName)])
        ?? request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(Match)
            .FirstOrDefault(l => l is not null)
        ?? Language.Japanese;

    private static Language? Match(StringWithQualityHeaderValue asked)
    {
        if (Language.Named(asked.Value.Value) is { } exact)
        {
            return exact;
        }

        var primary = asked.Value.AsSpan();
        if (primary.IndexOf('-') is > 0 and var hyphen)
        {
            primary = primary[..hyphen];
        }

        return primary.Equals("ja", StringComparison.OrdinalIgnoreCase) ? Language.Japanese
            : primary.Equals("en", StringComparison.OrdinalIgnoreCase) ? Language.English
            : null;
    }
}
