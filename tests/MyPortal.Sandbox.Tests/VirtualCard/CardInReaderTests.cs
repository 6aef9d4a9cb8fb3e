using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MyPortal.Sandbox.Tests.CertificateAuthority;
using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.Sandbox.Tests.VirtualCard;

/// <summary>A small reader of our own listens; the card comes to it.</summary>
public sealed class CardInReaderTests(AuthorityFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_answers_its_reader_and_comes_back_after_the_reader_restarts()
    {
        using var card = new CardOnTable(fixture);
        using var removed = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var first = Listen(port: 0);
        var reader = (IPEndPoint)first.LocalEndpoint;
        var inReader = new CardInReader(card.Applet, reader, TimeProvider.System).RunAsync(removed.Token);

        using (var line = await first.AcceptTcpClientAsync(Token))
        {
            Convert.ToHexString(await AskAsync(line, [4])).ShouldBe("3BE000FF8131FE4514");
            await SendAsync(line, [1]);
            Convert.ToHexString(await AskAsync(line, Convert.FromHexString(CardOnTable.SelectApp))).ShouldBe("9000");
        }
        first.Stop();

        using var second = Listen(reader.Port);
        using (var line = await second.AcceptTcpClientAsync(Token))
        {
            Convert.ToHexString(await AskAsync(line, [4])).ShouldBe("3BE000FF8131FE4514");
        }
        await removed.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(inReader);
    }

    [Fact]
    public async Task Power_off_forgets_the_pin()
    {
        using var card = new CardOnTable(fixture);
        using var removed = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var listener = Listen(port: 0);
        var inReader = new CardInReader(card.Applet, (IPEndPoint)listener.LocalEndpoint, TimeProvider.System).RunAsync(removed.Token);
        using var line = await listener.AcceptTcpClientAsync(Token);
        await AskAsync(line, Convert.FromHexString(CardOnTable.SelectApp));
        await AskAsync(line, Convert.FromHexString("00A4020C020018"));
        Convert.ToHexString(await AskAsync(line, Convert.FromHexString("0020008004" + CardOnTable.Pin))).ShouldBe("9000");

        await SendAsync(line, [0]);
        await AskAsync(line, Convert.FromHexString(CardOnTable.SelectApp));

        card.Applet.Pin.IsVerified.ShouldBeFalse();
        await removed.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(inReader);
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static async Task SendAsync(TcpClient line, byte[] body)
    {
        // Length and body apart, as vpcd sends them.
        var prefix = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)body.Length);
        await line.GetStream().WriteAsync(prefix, Token);
        await line.GetStream().WriteAsync(body, Token);
    }

    private static async Task<byte[]> AskAsync(TcpClient line, byte[] body)
    {
        await SendAsync(line, body);
        var prefix = new byte[2];
        await line.GetStream().ReadExactlyAsync(prefix, Token);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await line.GetStream().ReadExactlyAsync(answer, Token);
        return answer;
    }
}
