using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MyPortal.Sandbox.Roles;

/// <summary>
/// One outside service with a listener of its own. Stopped means that connections are refused, as when the real service is down.
/// </summary>
/// <param name="name">Name in addresses, for example <c>linkage</c>.</param>
/// <param name="title">Name on the control page.</param>
/// <param name="address">Where it listens.</param>
/// <param name="map">What it answers.</param>
internal sealed class Role(string name, string title, Uri address, Action<WebApplication> map) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private WebApplication? running;

    public string Name => name;

    public string Title => title;

    public Uri Address => address;

    /// <summary>How the listener is protected; null for plain http.</summary>
    public Action<ListenOptions>? Protect { get; init; }

    /// <summary>Null for a service that is never in trouble on request.</summary>
    public FaultInjection? Trouble { get; init; }

    public bool IsRunning => running is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (running is not null) return;
            var app = Build();
            await app.StartAsync(cancellationToken);
            running = app;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (running is null) return;
            await running.DisposeAsync();
            running = null;
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        gate.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, address.Port, listen => Protect?.Invoke(listen)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Ok());
        map(app);
        return app;
    }
}
