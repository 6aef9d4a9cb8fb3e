using MyPortal.Features.Senders.Public;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Features.Senders.Webhooks;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders;

/// <summary>The doors of this feature.</summary>
internal static class SendersFeature
{
    public static void AddSenders(this IServiceCollection services)
    {
        services.AddSingleton<IssueSenderToken>();
        services.AddSingleton<ISenderGate, SenderGate>();
        services.AddSingleton<ISenderDirectory, SenderDirectory>();
        services.AddSingleton<ISenderRegister, SenderRegister>();
        services.AddSingleton<ISenderStatements, SenderStatements>();
        services.AddSingleton<ISenderWebhooks, SenderWebhooks>();
        services.AddSingleton<IOutboxKind, SenderEventKind>();
        services.AddHostedService<ForgetSenderTokens>();
    }

    public static void MapSenders(this IEndpointRouteBuilder routes) => routes.MapTokenApi();
}
