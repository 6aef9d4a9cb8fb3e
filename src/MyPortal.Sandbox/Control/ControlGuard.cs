namespace MyPortal.Sandbox.Control;

/// <summary>
/// The control page can revoke cards and shows PINs, so it serves only whoever opened it on this machine: no other host name (DNS
/// rebinding), no request that another site started.
/// </summary>
internal static class ControlGuard
{
    public static void UseControlGuard(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!Allows(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        // Not "no-referrer": with it a browser hides the origin of our own forms from us.
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        await next(context);
    });

    private static bool Allows(HttpRequest request)
    {
        if (request.Host.Host is not ("127.0.0.1" or "localhost") || request.Host.Port != request.HttpContext.Connection.LocalPort) return false;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return true;
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" && ComesFromHere(request);
    }

    /// <summary>Browsers without fetch metadata still send the origin of a form.</summary>
    private static bool ComesFromHere(HttpRequest request) => request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || origin == $"http://{request.Host}");
}
