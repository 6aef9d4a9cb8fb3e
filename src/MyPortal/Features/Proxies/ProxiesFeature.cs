using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.Proxies.Folder;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Features.Proxies.Public;
using MyPortal.Features.SignIn.Public;
using MyPortal.Sealing;
using MyPortal.Ui;

namespace MyPortal.Features.Proxies;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class ProxiesFeature
{
    public static void AddProxies(this IServiceCollection services)
    {
        services.AddSingleton<InvitationCodes>();
        services.AddSingleton<SenderChoices>();
        services.AddSingleton<InviteProxy>();
        services.AddSingleton<ClaimInvitation>();
        services.AddSingleton<RefuseInvitation>();
        services.AddSingleton<StatementKey>();
        services.AddSingleton<IKeyWitness, StatementWitness>();
        services.AddSingleton<ISignedTextHandler, TakeMandateSignature>();
        services.AddSingleton<ReadMandates>();
        services.AddSingleton<ReadMandate>();
        services.AddSingleton<IProxyNames, ProxyNames>();
        services.AddSingleton<StopMandate>();
        services.AddSingleton<ProxyFolders>();
        services.AddSingleton<ITableCleaner, PurgeMandates>();
        services.AddScoped<RequestFolder>();
        services.AddSingleton<ListFolder>();
        services.AddSingleton<OpenFolderNotice>();
        services.AddSingleton<INoticeDelivery, DeliverToFolders>();
        services.AddSingleton(new HomeTile(40, typeof(WatchersTile), Aside: true));
    }

    public static void MapProxies(this IEndpointRouteBuilder routes) => routes.MapProxiesApi();
}
