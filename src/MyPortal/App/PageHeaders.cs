using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Net.Http.Headers;

namespace MyPortal.App;

/// <summary>Headers that keep a page from being framed, watched, kept or made to run what we did not write.</summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private const string PermissionsPolicy =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because form protection and the trouble pages write Cache-Control themselves or clear all headers.
        context.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        // An area with another policy (a download, the administration) has set its own by now.
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy);
        headers.TryAdd("Referrer-Policy", context.Request.Path.StartsWithSegments("/card", StringComparison.OrdinalIgnoreCase) ? "no-referrer" : "same-origin");
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        {
            headers.CacheControl = "no-store";
            headers.Remove(HeaderNames.Pragma);
        }

        if (headers.Location is [{ } location])
        {
            headers.Location = LocalPartOf(location, context.Request);
        }
    }

    // The framework writes whole addresses, with scheme and host as they arrived; behind a proxy these may not be what a browser sees.
    private static string LocalPartOf(string location, HttpRequest request)
    {
        var own = $"{request.Scheme}://{request.Host.Value}";
        return location.StartsWith(own, StringComparison.OrdinalIgnoreCase) && location.AsSpan(own.Length) is ['/', ..] ? location[own.Length..] : location;
    }
}
