using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Control;
using MyPortal.Sandbox.TrustBundle;
using MyPortal.Sandbox.Linkage;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.VirtualCard;
using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox;

/// <summary>Puts the sandbox together. The trust bundle is on disk before anything answers, because the portal reads it at its start.</summary>
internal static class SandboxApp
{
    public static async Task<WebApplication> BuildAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = SandboxOptions.From(builder.Configuration);
        var clock = TimeProvider.System;
        var data = new DataFolder(options.Data);

        var authority = await IssuingAuthority.CreateAsync(data.File("authority"), options.CertificateAuthority.GetLeftPart(UriPartial.Authority), clock, cancellationToken);
        var linkages = new LinkageServices(options, authority, data.Sub("organisations"), clock);
        TrustBundleWriter.Write(options, authority, linkages.Membership);
        var cards = await new CardStore(authority, data.Sub("cards"), clock).OpenAsync(People.All, cancellationToken);

        var events = new EventInbox(options.Portal, new HttpClient { Timeout = TimeSpan.FromSeconds(5) }, clock);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(events)
            .AddSingleton(clock)
            .AddSingleton(authority)
            .AddSingleton<IReadOnlyList<TestPerson>>([.. People.All.Zip(cards, (person, card) => new TestPerson(person, card, new CardInReader(card, options.CardListener, clock)))])
            .AddHostedService<CardsInReaders>()
            .AddSingleton(provider => new RoleBoard([.. RolesOf(options, authority, events, clock), .. linkages.Roles(), .. BusinessesOf(provider)]))
            .AddHostedService(services => services.GetRequiredService<RoleBoard>());
        AddSeeding(builder.Services, data);

        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Request lines of the client would show completion codes, which are secrets while they live.
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.ControlPort));

        var app = builder.Build();
        app.UseControlGuard();
        app.MapControl();
        return app;
    }

    private static IReadOnlyList<Role> RolesOf(SandboxOptions options, IssuingAuthority authority, EventInbox events, TimeProvider clock) =>
    [
        new("certificate-authority", "認証局（OCSP）", options.CertificateAuthority, app => app.MapOcsp(authority, clock)),
        new("linkage", "証明書のひも付けサービス", options.Linkage, app => app.MapLinkage(authority)),
        new("sender-events", "送信元の受信口", options.SenderEvents, app => app.MapEvents(options.SenderEvents, events)),
    ];

    private static IEnumerable<Role> BusinessesOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<SandboxOptions>();
        foreach (var sender in provider.GetRequiredService<IReadOnlyList<SandboxSender>>())
        {
            var address = BusinessSite.NamedAddress(sender, options.BusinessPortOf(sender.Id));
            var connection = new PortalConnection(
                sender,
                provider.GetRequiredService<SenderClients>().Of(sender),
                options.Portal,
                provider.GetRequiredService<SeedState>(),
                provider.GetRequiredService<HttpClient>(),
                provider.GetRequiredService<TimeProvider>());
            var site = new BusinessSite(sender, connection, address, options.Portal, provider.GetRequiredService<IReadOnlyList<TestPerson>>(), provider.GetRequiredService<EventInbox>());
            yield return new Role($"{sender.Id}-site", $"{sender.Name}のページ", address, site.Map);
        }
    }

    private static void AddSeeding(IServiceCollection services, DataFolder data) => services
        .AddSingleton(SandboxSender.All(data.Sub("senders")))
        .AddSingleton(new HttpClient())
        .AddSingleton(provider => new SenderClients(
            provider.GetRequiredService<IReadOnlyList<SandboxSender>>(),
            provider.GetRequiredService<SandboxOptions>().Portal,
            provider.GetRequiredService<HttpClient>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new SeedState(data, JapanTime.Today(provider.GetRequiredService<TimeProvider>())))
        .AddSingleton<RegisterCommand>()
        .AddSingleton<Connecting>()
        .AddSingleton<NoticeRound>()
        .AddSingleton<SeedProgress>()
        .AddSingleton<ReadinessProbe>()
        .AddSingleton<Enrolment>()
        .AddSingleton<OperatorAppointment>()
        .AddHostedService<ScenarioSeeder>();
}
