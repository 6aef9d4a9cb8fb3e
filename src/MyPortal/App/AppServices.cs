using MyPortal.Kernel;

namespace MyPortal.App;

/// <summary>Registers the services, the pipeline and the routes of this room.</summary>
internal static class AppServices
{
    public static void AddApp(this IServiceCollection services, IConfiguration configuration, PortalSite site, string[] arguments)
    {
        services.AddLayout(site);
        services.AddRateLimits(configuration);
        services.AddReadiness(configuration);
        services.AddStandardInputExit(arguments);
    }

    /// <summary>What every request passes, in this order: limits know who is signed in, and forms are checked of whoever may come in.</summary>
    public static void UseApp(this WebApplication app)
    {
        app.UseLayout();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();
        app.UseFormProtection();
    }

    public static void MapApp(this WebApplication app)
    {
        app.MapLayout();
        app.MapReadiness();
    }
}
