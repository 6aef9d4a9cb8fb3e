using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>Where a person was going before the login page came in between. Kept in a cookie, never in an address; local paths only.</summary>
internal sealed class ReturnPath(PortalSite site)
{
    private const string CookieName = "return";
    private const int LongestPath = 300;

    public void Remember(HttpContext context)
    {
        var path = context.Request.Path.Value + context.Request.QueryString.Value;
        if (IsLocal(path))
        {
            context.Response.Cookies.Append(site.CookieName(CookieName), path, site.Cookie(TimeSpan.FromMinutes(15)));
        }
    }

    /// <summary>The remembered path, or the home page.</summary>
    public string Take(HttpContext context)
    {
        var name = site.CookieName(CookieName);
        var path = context.Request.Cookies[name];
        context.Response.Cookies.Delete(name, site.Cookie());
        return IsLocal(path) ? path! : "/";
    }

    /// <summary>Whether a path stays on this site: one leading slash, no backslash (browsers read it as a slash), no control character.</summary>
    public static bool IsLocal(string? path) =>
        path is { Length: > 0 and <= LongestPath } && path[0] is '/' && (path.Length is 1 || path[1] is not ('/' or '\\'))
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);
}
