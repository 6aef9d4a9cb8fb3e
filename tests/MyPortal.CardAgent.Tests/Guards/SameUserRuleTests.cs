using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.CardAgent.Guards;
using MyPortal.CardAgent.Tests.Fixtures;

namespace MyPortal.CardAgent.Tests.Guards;

public sealed class SameUserRuleTests
{
    private const string Head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    private const string Peer = "   1: 0100007F:C350 0100007F:13D9 01 00000000:00000000 00:00000000 00000000  1000        0 9001 1 0000000000000000 20 4 30 10 -1";
    private const string Mapped = "   1: 0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:13D9 01 00000000:00000000 00:00000000 00000000  1000        0 9001 1 0000000000000000 20 4 30 10 -1";
    private static readonly IPEndPoint PeerEnd = new(IPAddress.Loopback, 50000);
    private static readonly IPEndPoint OwnEnd = new(IPAddress.Loopback, 5081);

    [Theory]
    [InlineData(Peer, 1000, true)]
    [InlineData(Mapped, 1000, true)]
    [InlineData(Peer, 1001, false)]
    [InlineData(Mapped, 1001, false)]
    [InlineData(Head, 1000, false)]
    public void A_peer_is_served_only_when_the_table_names_the_same_user(string line, int ownUser, bool isServed) =>
        new SameUserRule(() => [Head, line], ownUser).Allows(PeerEnd, OwnEnd).ShouldBe(isServed);

    [Fact]
    public void A_connection_of_the_same_port_to_another_server_does_not_count() =>
        new SameUserRule(() => [Peer], 1000).Allows(PeerEnd, new IPEndPoint(IPAddress.Loopback, 5082)).ShouldBeFalse();

    [Fact]
    public void A_peer_from_another_machine_is_never_served() =>
        new SameUserRule(() => [Peer], 1000).Allows(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 50000), OwnEnd).ShouldBeFalse();

    [Fact]
    public async Task A_program_of_another_user_gets_no_answer()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux has the socket table.");
        await using var agent = await RunningAgent.StartAsync("http://localhost:5080", services => services.AddSingleton(new SameUserRule(() => File.ReadLines("/proc/net/tcp6").Concat(File.ReadLines("/proc/net/tcp")), ownUser: int.MaxValue)));

        await Should.ThrowAsync<HttpRequestException>(() => agent.OpenAsync("/health/live"));
    }

    [Fact]
    public async Task A_card_of_another_user_is_not_taken()
    {
        await using var agent = await RunningAgent.StartAsync("http://localhost:5080", services => services.AddSingleton(new SameUserRule(() => [], ownUser: int.MaxValue)));
        using var line = new TcpClient("127.0.0.1", agent.CardPort);

        (await line.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task Something_on_the_card_port_that_is_no_card_is_dropped()
    {
        await using var agent = await RunningAgent.StartAsync("http://localhost:5080");
        using var line = new TcpClient("127.0.0.1", agent.CardPort);
        await line.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        await Wait.UntilAsync(() => line.Client.Poll(TimeSpan.Zero, SelectMode.SelectRead) && IsClosed(line));
    }

    private static bool IsClosed(TcpClient line)
    {
        try
        {
            return line.Client.Receive(new byte[64]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
