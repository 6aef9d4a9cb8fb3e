using System.Collections.Concurrent;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.JourneyTests.Fixtures;

[assembly: AssemblyFixture(typeof(RunningProduct))]

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>
/// The product as the README starts it, with one sandbox for the whole run, and a browser. Journeys share the scenario, so each
/// that changes something takes a card of its own (<see cref="Cards"/>).
/// </summary>
public sealed class RunningProduct : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-journeys-");
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new(StringComparer.Ordinal);
    private ProductProcess? product;
    private Browser? browser;

    /// <summary>Addresses, cards and senders.</summary>
    public Scenario Scenario { get; private set; } = null!;

    /// <summary>The sandbox's control page, for programs.</summary>
    internal SandboxControl Control { get; private set; } = null!;

    /// <summary>The folder that the sandbox wrote for the portal.</summary>
    internal string TrustBundle => Path.Combine(folder.FullName, "data", "sandbox", "trust-bundle", "portal");

    internal Browser Browser => browser!;

    public async ValueTask InitializeAsync()
    {
        product = ProductProcess.Start(Path.Combine(folder.FullName, "data"), FreePorts.Base(), "--fresh");
        Scenario = await product.ReadyAsync();
        Control = new SandboxControl(Scenario.Control);
        browser = await Browser.StartAsync();
    }

    internal ScenarioCard Card(string id) => Scenario.Cards.Single(card => card.Id == id);

    internal ScenarioBusiness Business(string sender) => Scenario.Businesses.Single(business => business.Sender == sender);

    /// <summary>Somebody whom the portal does not know yet.</summary>
    public Task<Visit> VisitAsync(Visitor? visitor = null) => Browser.VisitAsync(Scenario.Portal, visitor ?? new Visitor());

    /// <summary>Somebody who has signed in with the card, which happens once in a run.</summary>
    internal async Task<Visit> VisitSignedInAsync(string card, Visitor? visitor = null) =>
        await Browser.VisitAsync(Scenario.Portal, visitor ?? new Visitor(), await signedIn.GetOrAdd(card, id => new(() => SignInAsync(id))).Value);

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
