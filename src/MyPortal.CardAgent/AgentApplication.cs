using System.Reflection;
using Microsoft.Extensions.Options;
using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Guards;
using MyPortal.CardAgent.Pages;
using MyPortal.CardAgent.Signing;
using MyPortal.CardAgent.Transports;
using MyPortal.CardAgent.Transactions;

namespace MyPortal.CardAgent;

/// <summary>Puts the agent together.</summary>
internal static class AgentApplication
{
    public static WebApplication Create(string[] args, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

        // The framework logs whole addresses; a ticket's address is a secret as long as it lives.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsCheck>();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(RandomSource.System).AddSingleton<SameUserRule>();
        AddCards(builder.Services, builder.Configuration[$"{AgentOptions.Section}:{nameof(AgentOptions.Transport)}"] ?? new AgentOptions().Transport);
        builder.Services.AddSingleton<Installation>();
        builder.Services.AddSingleton<OriginAllowList>().AddSingleton<TransactionStore>().AddSingleton<PortalClient>();
        builder.Services.AddSingleton<OpenTransaction>().AddSingleton<AnswerTransaction>().AddSingleton<CardSigning>().AddSingleton<TransactionPages>();
        adjust?.Invoke(builder.Services);
        Listen(builder.WebHost);

        var app = builder.Build();
        app.Use(PageSecurity.AddHeadersAsync);
        app.Use(HostRule.CheckAsync);
        app.MapGet("/", (string? ui) => EndPages.About(Language.Choose(ui)));
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/agent.css", () => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("agent.css")!, "text/css"));
        app.MapTransactions();
        return app;
    }

    private static void AddCards(IServiceCollection services, string transport)
    {
        services.AddSingleton<CardDetector>().AddSingleton<CmsMaker>();
        if (transport == nameof(CardTransportKind.PcSc))
        {
            services.AddSingleton<ICardTransport, PcScTransport>();
            return;
        }

        services.AddSingleton<VirtualTransport>();
        services.AddSingleton<ICardTransport>(provider => provider.GetRequiredService<VirtualTransport>());
        services.AddHostedService(provider => provider.GetRequiredService<VirtualTransport>());
    }

    private static void Listen(ConfigureWebHostBuilder webHost)
    {
        webHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint => LoopbackSocket.Bind(((System.Net.IPEndPoint)endPoint).Port));
        webHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            var services = kestrel.ApplicationServices;
            var port = services.GetRequiredService<IOptions<AgentOptions>>().Value.Port;
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Use(next => connection =>
                services.GetRequiredService<SameUserRule>().Allows(connection.RemoteEndPoint, connection.LocalEndPoint) ? next(connection) : Task.CompletedTask));
        });
    }
}
