using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MyPortal.App.ErrorPages;
using MyPortal.Kernel;
using MyPortal.Ui;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>Registers the layout: what every page needs, whatever it shows.</summary>
internal static class LayoutServices
{
    private static readonly TimeSpan TransportSecurityAge = TimeSpan.FromDays(365);

    /// <summary>Registers pages, texts, form protection and the shape of trouble.</summary>
    public static IServiceCollection AddLayout(this IServiceCollection services, PortalSite site)
    {
        services.AddUi();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddProblemDetails();
        services.AddHealthChecks();
        services.AddFormProtection(site);
        services.AddSingleton<TakenMethods>();
        services.AddHsts(o => o.MaxAge = TransportSecurityAge);
        services.Configure<KestrelServerOptions>(o =>
        {
            o.AddServerHeader = false;
            // What pages post; addresses that take more say so.
            o.Limits.MaxRequestBodySize = IncomingBody.LongestForm;
        });
        // Written as &#x30DE; Japanese pages would weigh three times as much.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }

    /// <summary>What happens before anybody asks who the visitor is. Ends with routing.</summary>
    /// <exception cref="InvalidOperationException">Style sheets or scripts are not where they are served from.</exception>
    public static WebApplication UseLayout(this WebApplication app)
    {
        // Build output outside of development answers 200 with nothing in it; better not to start at all.
        if (app.Environment.WebRootFileProvider.GetFileInfo("_framework/blazor.web.js") is not { Exists: true, Length: > 0 })
        {
            throw new InvalidOperationException("The web assets are missing. Start the published output, or set ASPNETCORE_ENVIRONMENT to Development.");
        }

        app.UseForwardedHeaders();
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<HostRule>();
        app.UseMiddleware<HeadRequests>();
        app.UseMiddleware<RequestLanguage>();
        app.UseTroublePages();
        if (!app.Services.GetRequiredService<PortalSite>().IsSandbox)
        {
            app.UseHsts();
        }

        app.UseRouting();
        return app;
    }

    /// <summary>Maps pages, static assets, the language switch and the health check.</summary>
    public static WebApplication MapLayout(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapLanguageSwitch();
        app.MapSecurityContact();
        app.MapRazorComponents<App>();
        return app;
    }
}
