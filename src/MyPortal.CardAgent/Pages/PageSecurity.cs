namespace MyPortal.CardAgent.Pages;

/// <summary>Response headers of everything the agent serves.</summary>
internal static class PageSecurity
{
    /// <summary>Content security policy.</summary>
    /// <param name="formOrigin">An origin besides the agent itself to which forms may lead, or null.</param>
    public static string Policy(string? formOrigin) =>
        $"default-src 'none'; style-src 'self'; form-action 'self'{(formOrigin is null ? "" : " " + formOrigin)}; frame-ancestors 'none'; base-uri 'none'";

    public static Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(formOrigin: null);
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
