using System.Net;
using System.Net.Sockets;
using MyPortal.Certificates;
using MyPortal.Sandbox.Roles;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// The sandbox's hub, numbering body and holders for one portal under test: on loopback sockets with real mutual TLS and on the
/// portal's clock. They start with the first message of the portal, because most tests send none.
/// </summary>
internal sealed class TestHub(TestHubFounding founding, TimeProvider portalClock) : IAsyncDisposable
{
    public const string Id = "hub";
    public const string NumberingBody = "numbering-body";
    public const string City = "sakura-city";
    public const string PensionAgency = "pension-agency";

    private const int MostAttempts = 20;
    private readonly SemaphoreSlim starting = new(1);
    private readonly ShiftedClock clock = new(portalClock);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-hub-");
    private RoleBoard? board;

    /// <summary>Stands between portal and hub: gets each request and the way on. Null lets everything pass.</summary>
    public Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? Interference { get; set; }

    /// <summary>How far the clocks of hub and holders are ahead of the portal's.</summary>
    public TimeSpan ClockAhead
    {
        set => clock.Ahead = value;
    }

    /// <summary>Paths of the requests that the portal sent, oldest first.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>Stores of the participants, one folder each.</summary>
    public string Folder => folder.FullName;

    /// <summary>From now on nobody listens at that participant's address.</summary>
    public async Task StopAsync(string participant) => await (await RoleAsync(participant)).StopAsync(CancellationToken.None);

    public async Task StartAsync(string participant) => await (await RoleAsync(participant)).StartAsync(CancellationToken.None);

    /// <summary>Puts a holder into trouble, or with <see cref="InjectedFault.None"/> out of it.</summary>
    public async Task PutInTroubleAsync(string holder, InjectedFault kind) => (await RoleAsync(holder)).Trouble!.Kind = kind;

    /// <summary>How the portal reaches the hub.</summary>
    public HttpMessageHandler LineFor(OrganisationKeys keys) => new Line(this) { InnerHandler = new SocketsHttpHandler { UseProxy = false, SslOptions = keys.TlsTowards(Id) } };

    public async ValueTask DisposeAsync()
    {
        if (board is not null)
        {
            foreach (var role in board.Roles)
            {
                await role.DisposeAsync();
            }
        }

        starting.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<Role> RoleAsync(string participant) => (await RunningAsync()).Find(participant)!;

    private async Task<RoleBoard> RunningAsync()
    {
        await starting.WaitAsync();
        try
        {
            for (var attempt = 1; board is null; attempt++)
            {
                var fresh = new RoleBoard(founding.Copy(Folder, FreeBase(), clock).Roles());
                try
                {
                    await fresh.StartAsync(CancellationToken.None);
                    board = fresh;
                }
                catch (IOException) when (attempt < MostAttempts)
                {
                    // Another test took a port in between.
                    await fresh.StopAsync(CancellationToken.None);
                }
            }

            return board;
        }
        finally
        {
            starting.Release();
        }
    }

    private static int FreeBase() =>
        Enumerable.Repeat(0, 1000).Select(_ => Random.Shared.Next(20_000, 31_900)).First(candidate => Enumerable.Range(candidate + 30, 4).All(IsFree));

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

    private sealed class ShiftedClock(TimeProvider right) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Ahead;
    }

    /// <summary>The portal was told one address at its start; where the hub really listens is known only now.</summary>
    private sealed class Line(TestHub hub) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = (await hub.RoleAsync(Id)).Address;
            hub.Paths.Enqueue(request.RequestUri!.AbsolutePath);
            request.RequestUri = new Uri(address, request.RequestUri.AbsolutePath);
            return hub.Interference is { } interference
                ? await interference(request, () => base.SendAsync(request, cancellationToken)).WaitAsync(cancellationToken)
                : await base.SendAsync(request, cancellationToken);
        }
    }
}
