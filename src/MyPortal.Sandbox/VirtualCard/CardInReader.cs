using System.Net;
using System.Net.Sockets;

namespace MyPortal.Sandbox.VirtualCard;

/// <summary>Keeps one card in the reader: connects to the reader's listener and comes back when the reader restarts.</summary>
internal sealed class CardInReader(JpkiApplet applet, IPEndPoint reader, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>True while the line to the reader stands.</summary>
    public bool IsConnected { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(reader.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(reader, cancellationToken);
                IsConnected = true;
                await new VpcdSession(applet, socket).RunAsync(cancellationToken);
            }
            catch (SocketException)
            {
                // No reader yet, or it went away: both are ordinary, the card waits.
            }
            finally
            {
                IsConnected = false;
            }
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
