using MyPortal.Features.Home.Public;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;

namespace MyPortal.Features.SelfInformation;

/// <summary>The doors of this feature.</summary>
internal static class SelfInformationFeature
{
    public static void AddSelfInformation(this IServiceCollection services)
    {
        services.AddSingleton<IHolderLine, HubLine>();
        services.AddSingleton<KnownHolders>();
        services.AddSingleton<IHolderWords>(provider => provider.GetRequiredService<KnownHolders>());
        services.AddSingleton<HolderConditions>();
        services.AddSingleton(RunBounds.Default);
        services.AddSingleton<HolderRuns>();
        services.AddSingleton<IHolderRuns>(provider => provider.GetRequiredService<HolderRuns>());
        services.AddSingleton<ISessionEndListener>(provider => provider.GetRequiredService<HolderRuns>());
        services.AddHostedService<ForgetRuns>();
        services.AddSingleton<ListThemes>();
        services.AddSingleton(new HomeTile(60, typeof(Pages.ServiceStateTile), Aside: true));
    }

    public static void MapSelfInformation(this IEndpointRouteBuilder routes) => routes.MapSelfInformationApi();
}
