using Microsoft.AspNetCore.Antiforgery;
using MyPortal.Kernel;

namespace MyPortal.App;

/// <summary>
/// Refuses every unsafe request that does not carry the token of one of our own pages. A middleware for all of them, because the
/// framework checks only endpoints that bind a form, and a forgotten one would stand open.
/// </summary>
internal sealed class FormProtection(RequestDelegate next, IAntiforgery antiforgery)
{
    /// <summary>Called by programs, which prove themselves in another way and carry no cookies.</summary>
    private static readonly PathString[] ProgramPaths = ["/api", "/card/t"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || IsProgram(context.Request.Path) || await antiforgery.IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    public static bool IsProgram(PathString path) =>
        Array.Exists(ProgramPaths, p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}

/// <summary>The doors of <see cref="FormProtection"/>.</summary>
internal static class FormProtectionServices
{
    public static IServiceCollection AddFormProtection(this IServiceCollection services, PortalSite site) => services.AddAntiforgery(o =>
    {
        // Programs drop secure cookies on http, and the sandbox lets programs sign in.
        o.Cookie.Name = site.CookieName("form");
        o.Cookie.SecurePolicy = site.IsSandbox ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        o.Cookie.SameSite = SameSiteMode.Strict;
        o.Cookie.HttpOnly = true;
        o.SuppressXFrameOptionsHeader = true;
    });

    /// <summary>Goes after authentication: the token belongs to the person.</summary>
    public static WebApplication UseFormProtection(this WebApplication app)
    {
        app.UseMiddleware<FormProtection>();
        app.UseAntiforgery();
        return app;
    }
}
