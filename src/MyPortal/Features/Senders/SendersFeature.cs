using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Senders.Admission;
using MyPortal.Features.Senders.Console;
using MyPortal.Features.Senders.Keys;
using MyPortal.Features.Senders.Limits;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Features.Senders.Webhooks;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Web;

namespace MyPortal.Features.Senders;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class SendersFeature
{
    public static void AddSenders(this IServiceCollection services, PortalSite site)
    {
        services.AddSingleton<IssueSenderToken>();
        services.AddSingleton<ISenderAuthenticator, SenderAuthenticator>();
        services.AddSingleton<ISenderDirectory, SenderDirectory>();
        services.AddSingleton<ISenderRegister, SenderRegister>();
        services.AddSingleton<ISenderQuotas, SenderQuotas>();
        services.AddSingleton<ISenderStatements, SenderStatements>();
        services.AddSingleton<ISenderWebhooks, SenderWebhooks>();
        services.AddSingleton<IOutboxMessageHandler, SenderEventKind>();
        services.AddSingleton<ITableCleaner, PurgeSenderTokens>();
        services.AddSingleton<ITableCleaner, PurgeChangeRequests>();
        services.AddAdmission();
        if (site.Mode is DeploymentMode.Sandbox)
        {
            services.AddSingleton<RegisterSandboxSenders>();
            services.AddSingleton<IPortalCommand, RegisterSandboxSendersCommand>();
        }
    }

    public static void MapSenders(this IEndpointRouteBuilder routes)
    {
        routes.MapTokenApi();
        routes.MapSenderConsole();
    }

    private static void AddAdmission(this IServiceCollection services)
    {
        services.AddSingleton<ChangeRequestSeal>();
        services.AddSingleton<DraftSender>();
        services.AddSingleton<WriteChangeRequest>();
        services.AddSingleton<DecideChangeRequest>();
        services.AddSingleton<SuspendSender>();
        services.AddSingleton<ReadSenders>();
        services.AddSingleton<ReadApprovals>();
        services.AddSingleton<IConsoleWork>(provider => provider.GetRequiredService<ReadApprovals>());
        services.AddSingleton<TestRecipients>();
        services.AddSingleton<ITestRecipients>(provider => provider.GetRequiredService<TestRecipients>());
        services.AddSingleton<SenderKeyRing>();
    }
}
