using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Ui;

namespace MyPortal.Features.SelfInformation;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class SelfInformationFeature
{
    public static void AddSelfInformation(this IServiceCollection services)
    {
        services.AddSingleton<IHolderClient, HubHolderClient>();
        services.AddSingleton<KnownHolders>();
        services.AddSingleton<IHolderLabels>(provider => provider.GetRequiredService<KnownHolders>());
        services.AddSingleton<HolderCircuitBreaker>();
        services.AddSingleton(InquiryLimits.Default);
        services.AddSingleton<InquiryBatches>();
        services.AddSingleton<IInquiryBatches>(provider => provider.GetRequiredService<InquiryBatches>());
        services.AddSingleton<ISessionEndListener>(provider => provider.GetRequiredService<InquiryBatches>());
        services.AddHostedService<PurgeInquiries>();
        services.AddSingleton<ListThemes>();
        services.AddSingleton(new HomeTile(60, typeof(Pages.ServiceStateTile), Aside: true));
    }

    public static void MapSelfInformation(this IEndpointRouteBuilder routes) => routes.MapSelfInformationApi();
}
