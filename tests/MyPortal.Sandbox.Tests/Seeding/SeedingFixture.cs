using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox.Tests.Seeding;

/// <summary>The parts of seeding as the sandbox puts them together, with the cards in the reader.</summary>
internal sealed class SeedingFixture : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly List<Role> sites = [];
    private readonly CardsInReaders readers;

    public SeedingFixture(SandboxOptions options, IReadOnlyList<TestPerson> cast)
    {
        (Options, Cast) = (options, cast);
        var folder = new DataFolder(options.Data);
        var senders = SandboxSender.All(folder.Sub("senders"));
        var clients = new SenderClients(senders, options.Portal, http, TimeProvider.System);
        Memory = new SeedState(folder, new DateOnly(2026, 11, 21));
        Round = new NoticeRound(senders, clients, Memory, TimeProvider.System);
        Register = new RegisterCommand(options, senders);
        Connecting = new Connecting(options, senders, Memory);
        var inbox = new EventInbox(options.Portal, http, TimeProvider.System);
        foreach (var sender in senders)
        {
            var address = BusinessSite.NamedAddress(sender, options.BusinessPortOf(sender.Id));
            var connection = new PortalConnection(sender, clients.Of(sender), options.Portal, Memory, http, TimeProvider.System);
            sites.Add(new Role(sender.Id, sender.Name, address, new BusinessSite(sender, connection, address, options.Portal, cast, inbox).Map));
        }
        Board = new SeedProgress(options, cast, senders, clients, Memory);
        ReadinessProbe = new ReadinessProbe(options, cast, http, TimeProvider.System);
        readers = new CardsInReaders(cast);
        _ = readers.StartAsync(CancellationToken.None);
    }

    public SandboxOptions Options { get; }

    public IReadOnlyList<TestPerson> Cast { get; }

    public SeedState Memory { get; }

    public NoticeRound Round { get; }

    public RegisterCommand Register { get; }

    public Connecting Connecting { get; }

    /// <summary>Opens the senders' web sites.</summary>
    public Task OpenSitesAsync(CancellationToken cancellationToken) => Task.WhenAll(sites.Select(site => site.StartAsync(cancellationToken)));

    public SeedProgress Board { get; }

    public ReadinessProbe ReadinessProbe { get; }

    public async ValueTask DisposeAsync()
    {
        await readers.StopAsync(CancellationToken.None);
        readers.Dispose();
        Round.Dispose();
        foreach (var site in sites) await site.DisposeAsync();
        http.Dispose();
    }
}
