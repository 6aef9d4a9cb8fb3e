namespace MyPortal.Tests.Hub;

/// <summary>One world for the tests of a class that leave it as it was: each puts its own interference between portal and hub.</summary>
public sealed class SharedHubWorld : IAsyncLifetime
{
    internal HubWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await HubWorld.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
