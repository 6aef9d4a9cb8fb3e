using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>
/// Refuses every unsafe request that is no readable form with the token of one of our own pages. A middleware for all of them,
/// because the framework checks only endpoints that bind a form, and a forgotten one would stand open.
/// </summary>
internal sealed class FormProtection(RequestDelegate next, IAntiforgery antiforgery, PortalSite site)
{
    private const string TokenField = "__RequestVerificationToken";

    /// <summary>Called by programs, which prove themselves in another way and carry no cookies.</summary>
    private static readonly PathString[] ProgramPaths = ["/api", "/card/t"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || IsProgram(context.Request.Path))
        {
            await next(context);
            return;
        }

        // Before the token: it lies in the form.
        if (await IncomingBody.ReadFormAsync(context) is { } refusal)
        {
            context.Response.StatusCode = RequestErrors.StatusOf(refusal);
            return;
        }

        if (await antiforgery.IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }

        await AnswerStaleAsync(context);
    }

    public static bool IsProgram(PathString path) =>
        Array.Exists(ProgramPaths, p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // A tab that was left open while another one logged in or out still shows its buttons.
    private Task AnswerStaleAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OldTab>() is { } tab && context.Request.Form.ContainsKey(TokenField))
        {
            var isSignedIn = context.User.Identity?.IsAuthenticated is true;
            if ((isSignedIn ? tab.SignedIn : tab.SignedOut) is { } place)
            {
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = place;
                return Task.CompletedTask;
            }

            // No browser lets another site write this header.
            if (KeptForm.IsFromOwnPage(context, site))
            {
                return next(context);
            }
        }

        KeptForm.Keep(context, site);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}

/// <summary>Registers <see cref="FormProtection"/>.</summary>
internal static class FormProtectionServices
{
    public static IServiceCollection AddFormProtection(this IServiceCollection services, PortalSite site)
    {
        services.Configure<FormOptions>(form =>
        {
            form.KeyLengthLimit = IncomingBody.LongestKey;
            form.ValueLengthLimit = IncomingBody.LongestForm;
        });
        return services.AddAntiforgery(o =>
        {
            // Programs drop secure cookies on http, and the sandbox lets programs sign in.
            o.Cookie.Name = site.CookieName(PortalCookies.Form);
            o.Cookie.SecurePolicy = site.IsSandbox ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            // Strict would leave it at home when somebody arrives from another site, and the new one would end every form that is open.
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Goes after authentication: the token belongs to the person.</summary>
    public static WebApplication UseFormProtection(this WebApplication app)
    {
        app.UseMiddleware<FormProtection>();
        app.UseAntiforgery();
        return app;
    }
}
