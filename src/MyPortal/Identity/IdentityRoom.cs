using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Web;

namespace MyPortal.Identity;

/// <summary>Registers the services and routes of this room.</summary>
internal static class IdentityRoom
{
    public static void AddIdentity(this IServiceCollection services, PortalSite site)
    {
        services.AddSingleton(site);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Sessions>();
        services.AddSingleton<ITableCleaner, PurgeSessions>();
        services.AddSingleton<ITableCleaner, PurgeAgents>();
        services.AddSingleton<ReturnPath>();
        services.AddSingleton<OwnProfile>();
        services.AddSingleton<HubLinks>();
        services.AddSingleton<IKeyWitness, PepperWitness>();
        services.AddSingleton<CardOwners>();
        services.AddHttpContextAccessor();
        services.AddSingleton<CurrentViewer>();
        services.AddScoped<RequestProfile>();
        services.AddSingleton<IAuthorizationHandler, RequiresLevelHandler>();
        services.AddSingleton<IAuthorizationHandler, RequiresFreshCardHandler>();
        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorization();
    }
}
