using System.Collections.Concurrent;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.JourneyTests.Ground;

[assembly: AssemblyFixture(typeof(RunningProduct))]

namespace MyPortal.JourneyTests.Ground;

/// <summary>
/// The product as the README starts it, with one sandbox world for the whole run, and a browser. Journeys share the world, so each
/// that changes something takes a card of its own (<see cref="Cards"/>).
/// </summary>
public sealed class RunningProduct : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-journeys-");
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new(StringComparer.Ordinal);
    private ProductProcess? product;
    private Browser? browser;

    /// <summary>Addresses, cards and senders.</summary>
    public World World { get; private set; } = null!;

    /// <summary>The sandbox's control page, for programs.</summary>
    internal SandboxControl Control { get; private set; } = null!;

    /// <summary>The folder that the sandbox wrote for the portal.</summary>
    internal string Handout => Path.Combine(folder.FullName, "data", "sandbox", "handout", "portal");

    internal Browser Browser => browser!;

    public async ValueTask InitializeAsync()
    {
        product = ProductProcess.Start(Path.Combine(folder.FullName, "data"), FreePorts.Base(), "--fresh");
        World = await product.ReadyAsync();
        Control = new SandboxControl(World.Control);
        browser = await Browser.StartAsync();
    }

    internal WorldCard Card(string id) => World.Cards.Single(card => card.Id == id);

    internal WorldBusiness Business(string sender) => World.Businesses.Single(business => business.Sender == sender);

    /// <summary>Somebody whom the portal does not know yet.</summary>
    public Task<Visit> VisitAsync(Visitor? visitor = null) => Browser.VisitAsync(World.Portal, visitor ?? new Visitor());

    /// <summary>Somebody who has signed in with the card, which happens once in a run.</summary>
    internal async Task<Visit> VisitSignedInAsync(string card, Visitor? visitor = null) =>
        await Browser.VisitAsync(World.Portal, visitor ?? new Visitor(), await signedIn.GetOrAdd(card, id => new(() => SignInAsync(id))).Value);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        Control?.Dispose();
        if (product is not null)
        {
            await product.StopAsync(StopBy.Terminate);
            product.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private async Task<string> SignInAsync(string id)
    {
        await using var visit = await VisitAsync();
        var card = Card(id);
        await (card.Enrolled ? visit.SignInAsync(card) : visit.EnrolAsync(card));
        return await visit.CookiesAsync();
    }
}
