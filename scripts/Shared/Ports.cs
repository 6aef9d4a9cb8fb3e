using System.Net;
using System.Net.Sockets;

namespace MyPortal.Scripts.Shared;

/// <summary>Loopback ports.</summary>
public static class Ports
{
    public static bool IsFree(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            listener.Stop();
        }
    }
}
