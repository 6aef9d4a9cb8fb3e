namespace MyPortal.Sandbox.Roles;

/// <summary>The outside services of the sandbox; they run while it runs, unless somebody stops one.</summary>
internal sealed class RoleBoard(IReadOnlyList<Role> roles) : IHostedService
{
    private readonly Dictionary<string, Role> byName = roles.ToDictionary(r => r.Name, StringComparer.Ordinal);

    public IReadOnlyList<Role> Roles => roles;

    public Role? Find(string name) => byName.GetValueOrDefault(name);

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(roles.Select(r => r.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(roles.Select(r => r.StopAsync(cancellationToken)));
}
