using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>How the portal's cookies are called and made.</summary>
internal static class PortalCookies
{
    /// <summary>Cookie of the form protection.</summary>
    public const string Form = "form";

    /// <summary>
    /// Name of a cookie. In live mode it carries the <c>__Host-</c> prefix; on plain http programs would drop it, so the sandbox
    /// goes without.
    /// </summary>
    public static string CookieName(this PortalSite site, string name) => site.IsSandbox ? name : "__Host-" + name;

    /// <param name="site">Where the portal stands.</param>
    /// <param name="life">How long browsers keep it; null until they are closed.</param>
    public static CookieOptions Cookie(this PortalSite site, TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        Secure = !site.IsSandbox,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };
}
