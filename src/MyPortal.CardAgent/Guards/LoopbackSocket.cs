using System.Net;
using System.Net.Sockets;

namespace MyPortal.CardAgent.Guards;

/// <summary>Listening sockets of the agent: on 127.0.0.1 only, and never shared with another program.</summary>
internal static class LoopbackSocket
{
    public static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // Windows lets a second program bind the same port unless told otherwise. Linux does not, and there the same option would
        // only make a restart wait for old connections to time out.
        if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
