namespace MyPortal.Tests.Hub;

/// <summary>One fixture for the tests of a class that leave it as it was: each puts its own interference between portal and hub.</summary>
public sealed class SharedHubFixture : IAsyncLifetime
{
    internal HubFixture Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await HubFixture.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
