using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>Where a person was going before the login page came in between. Kept in a cookie, never in an address; local paths only.</summary>
internal sealed class ReturnPath(PortalSite site)
{
    public const string CookieName = "return";
    public const int LongestPath = 300;

    public void Remember(HttpContext context) => Remember(context, context.Request.Path.Value + context.Request.QueryString.Value);

    public void Remember(HttpContext context, string path)
    {
        if (path.Length <= LongestPath && LocalPath.IsLocal(path))
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
        return path?.Length <= LongestPath ? LocalPath.OrHome(path) : LocalPath.OrHome(null);
    }
}
