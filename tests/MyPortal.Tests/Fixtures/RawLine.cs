using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyPortal.Tests.Fixtures;

/// <summary>Speaks to a portal on a socket byte by byte, as only a broken or hostile client does.</summary>
internal sealed class RawLine : IDisposable
{
    private readonly TcpClient line;
    private readonly NetworkStream stream;

    private RawLine(TcpClient client) => (line, stream) = (client, client.GetStream());

    public static async Task<RawLine> OpenAsync(TestPortal portal)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, portal.Port, TestContext.Current.CancellationToken);
        return new RawLine(client);
    }

    public async Task SendAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Says that nothing more will come; answers can still be read.</summary>
    public void EndSending() => line.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the line without a farewell.</summary>
    public void Cut()
    {
        line.LingerState = new LingerOption(enable: true, seconds: 0);
        line.Close();
    }

    /// <summary>The status of the answer; 0 when the line closes without one.</summary>
    public async Task<int> StatusAsync()
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        try
        {
            return (await reader.ReadLineAsync(TestContext.Current.CancellationToken))?.Split(' ') is ["HTTP/1.1", var status, ..] ? int.Parse(status, CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        line.Dispose();
    }
}
