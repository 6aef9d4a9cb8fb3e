using System.Net;
using System.Net.Sockets;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>Finds a range of ports that nobody uses.</summary>
internal static class FreePorts
{
    // Below the range that the system hands out to outgoing connections.
    private const int Lowest = 20_000;
    private const int Highest = 32_000;
    private const int Width = 45;

    public static int Base() =>
        Enumerable.Repeat(0, 100).Select(_ => Random.Shared.Next(Lowest, Highest)).First(first => Enumerable.Range(first, Width).All(IsFree));

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
