using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>Registers the services and routes of this room.</summary>
internal static class OutboxRoom
{
    /// <summary>Registers the outbox and its worker. All faults of the settings are reported together.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong or not allowed in this mode.</exception>
    public static void AddOutbox(this IServiceCollection services, IConfiguration configuration, PortalSite site)
    {
        var options = configuration.GetSection(OutboxOptions.Section).Get<OutboxOptions>() ?? new OutboxOptions();
        if (options.FaultsIn(site).ToList() is { Count: > 0 } faults)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        services.AddSingleton(options);
        services.AddSingleton<MessageKey>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<OutboxCompletion>();
        services.AddSingleton<DeliverOutbox>();
        services.AddSingleton<DeadLetters>();
        services.AddHostedService<OutboxWorker>();
        services.AddSingleton<ITableCleaner, PurgeMessages>();
    }

    public static void MapOutbox(this IEndpointRouteBuilder routes) => routes.MapMessageKeys();
}
