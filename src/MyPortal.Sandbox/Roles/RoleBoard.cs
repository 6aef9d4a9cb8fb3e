namespace MyPortal.Sandbox.Roles;

/// <summary>The outside services of the sandbox; they run while it runs, unless somebody stops one.</summary>
internal sealed class RoleBoard(IReadOnlyList<Role> roles) : IHostedService
{
    public IReadOnlyList<Role> Roles => roles;

    public Role? Find(string name) => roles.SingleOrDefault(r => r.Name == name);

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(roles.Select(r => r.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(roles.Select(r => r.StopAsync(cancellationToken)));
}
