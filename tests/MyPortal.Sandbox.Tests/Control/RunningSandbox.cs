using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using MyPortal.Sandbox.Tests.CertificateAuthority;

namespace MyPortal.Sandbox.Tests.Control;

/// <summary>The whole sandbox on free ports, without portal and agent.</summary>
public sealed class RunningSandbox(AuthorityFixture fixture) : IAsyncLifetime
{
    private WebApplication app = null!;

    internal string Data { get; } = Directory.CreateTempSubdirectory("sandbox-").FullName;

    internal int PortBase { get; } = FreeBase();

    internal Uri Control => new($"http://127.0.0.1:{PortBase + 20}");

    public async ValueTask InitializeAsync()
    {
        // The roots of the shared authority, because new ones take seconds.
        Directory.CreateDirectory(Path.Combine(Data, "authority"));
        foreach (var file in Directory.GetFiles(fixture.Folder, "*-?.*")) File.Copy(file, Path.Combine(Data, "authority", Path.GetFileName(file)));

        app = await SandboxApp.BuildAsync([$"--Sandbox:Data={Data}", $"--Sandbox:PortBase={PortBase}", "--Logging:LogLevel:Default=None"], CancellationToken.None);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private static int FreeBase()
    {
        // Anywhere in the range: two sandboxes that start at one moment would both find the lowest free place.
        while (true)
        {
            var portBase = Random.Shared.Next(200, 320) * 100;
            if (Enumerable.Range(20, 14).All(offset => IsFree(portBase + offset))) return portBase;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
