namespace MyPortal.Sandbox.TestPersons;

/// <summary>Keeps every card of the cast in its reader while the sandbox runs.</summary>
internal sealed class CardsInReaders(IReadOnlyList<TestPerson> cast) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(cast.Select(member => member.Reader.RunAsync(stoppingToken)));
}
