using MyPortal.Features.Consents.Public;
using MyPortal.Features.Consents.Sandbox;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>The doors of this feature.</summary>
internal static class ConsentsFeature
{
    public static void AddConsents(this IServiceCollection services, PortalSite site)
    {
        services.AddSingleton<RecipientDirectory>();
        services.AddSingleton<IRecipientDirectory>(provider => provider.GetRequiredService<RecipientDirectory>());
        services.AddSingleton<IKnownSenders, KnownSenders>();
        if (site.World is World.Sandbox)
        {
            services.AddSingleton<GrantSandbox>();
        }
    }
}
