using System.Net;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Tests.Outbox;

public sealed class OutboundAddressTests
{
    private static readonly OutboxOptions Strict = new();

    [Theory]
    [InlineData("0.0.0.0"), InlineData("10.0.0.1"), InlineData("10.255.255.255"), InlineData("100.64.0.1"), InlineData("100.127.255.254"), InlineData("127.0.0.1"), InlineData("127.1.2.3")]
    [InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("192.88.99.1"), InlineData("192.168.1.1")]
    [InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.7"), InlineData("203.0.113.9"), InlineData("224.0.0.1"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:8.8.8.8"), InlineData("::8.8.8.8"), InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1"), InlineData("2001::1"), InlineData("2001:db8::1"), InlineData("2002:7f00:1::1"), InlineData("3fff::1"), InlineData("fc00::1"), InlineData("fd12:3456::1")]
    [InlineData("fe80::1"), InlineData("fec0::1"), InlineData("ff02::1"), InlineData("2400:cb00::5efe:7f00:1"), InlineData("2400:cb00::200:5efe:a00:1"), InlineData("5f00::1"), InlineData("4000::1")]
    public void An_address_inside_or_for_special_use_is_not_public(string address) =>
        OutboundAddress.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8"), InlineData("1.1.1.1"), InlineData("100.63.255.255"), InlineData("100.128.0.1"), InlineData("172.15.255.255"), InlineData("172.32.0.1"), InlineData("192.167.255.255")]
    [InlineData("223.255.255.254"), InlineData("2400:cb00:2048::1"), InlineData("2606:4700::1111"), InlineData("2a00:1450:4001::1")]
    public void An_ordinary_address_is_public(string address) => OutboundAddress.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://sender.example/events"), InlineData("ftp://sender.example/"), InlineData("file:///etc/passwd"), InlineData("https://user:word@sender.example/"), InlineData("https://sender.example/#part")]
    [InlineData("https://127.0.0.1/"), InlineData("https://[::1]/"), InlineData("https://[::ffff:10.0.0.1]/"), InlineData("https://2130706433/"), InlineData("https://0x7f.1/"), InlineData("https://169.254.169.254/latest")]
    public void An_address_that_leads_inside_or_in_clear_cannot_be_registered(string address) => OutboundAddress.MayBeRegistered(new Uri(address), Strict).ShouldBeFalse();

    // What looks like a name or another number becomes an address on the way to the net.
    [Theory]
    [InlineData("https://１２７.0.0.1/"), InlineData("https://１０.example/"), InlineData("https://①.example/"), InlineData("https://𝟙.example/"), InlineData("https://²5.example/"), InlineData("https://٣.example/"), InlineData("https://127。0。0。1/")]
    [InlineData("https://10．0．0．1/")]
    public void A_host_that_is_another_one_to_the_net_than_to_its_reader_cannot_be_registered(string address) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var parsed) && OutboundAddress.MayBeRegistered(parsed, Strict)).ShouldBeFalse();

    [Theory]
    [InlineData("https://送信元.example/通知?は=1", "https://xn--vuqp7ay09k.example/%E9%80%9A%E7%9F%A5?%E3%81%AF=1"), InlineData("https://送信元.example:8443/a", "https://xn--vuqp7ay09k.example:8443/a")]
    [InlineData("https://sender.example/a%2Fb?c=%20", "https://sender.example/a%2Fb?c=%20"), InlineData("https://[2400:cb00::1]:8443/x", "https://[2400:cb00::1]:8443/x"), InlineData("https://8.8.8.8/", "https://8.8.8.8/")]
    public void On_the_wire_a_host_is_written_in_A_labels(string address, string wire) => OutboundAddress.OnTheWire(new Uri(address)).AbsoluteUri.ShouldBe(wire);

    [Theory]
    [InlineData("https://sender.example/events"), InlineData("https://sender.example:8443/events?key=1"), InlineData("https://8.8.8.8/"), InlineData("https://送信元.example/"), InlineData("https://〇〇市.example/"), InlineData("https://第一.example/")]
    public void An_https_address_outside_can_be_registered(string address) => OutboundAddress.MayBeRegistered(new Uri(address), Strict).ShouldBeTrue();

    [Fact]
    public void An_endless_address_cannot_be_registered() => OutboundAddress.MayBeRegistered(new Uri("https://sender.example/" + new string('a', 500)), Strict).ShouldBeFalse();

    [Theory]
    [InlineData("https://localhost:{0}/"), InlineData("https://ip6-localhost:{0}/")]
    public async Task A_name_that_leads_inside_is_not_dialled(string pattern)
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        fixture.Options = Strict;
        var id = await fixture.QueueAsync(address: new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, fixture.Receiver.Address.Port)));

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        fixture.Receiver.Arrived.ShouldBeEmpty();
        (await fixture.ReadAsync(id)).LastOutcome.ShouldBeOneOf("address-refused", "name-unknown", "unreachable");
    }

    [Fact]
    public async Task The_name_of_this_machine_is_refused_by_the_check_and_not_by_chance()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        fixture.Options = Strict;
        var id = await fixture.QueueAsync(address: new Uri($"https://localhost:{fixture.Receiver.Address.Port}/"));

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).LastOutcome.ShouldBe("address-refused");
    }

    [Fact]
    public async Task An_address_that_may_not_be_registered_any_more_is_given_up_at_once()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        fixture.Options = Strict;
        var id = await fixture.QueueAsync();

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        fixture.Receiver.Arrived.ShouldBeEmpty();
        (await fixture.ReadAsync(id)).State.ShouldBe(OutboxState.Dead);
    }

    [Fact]
    public void The_live_world_refuses_local_addresses_and_every_world_a_lease_too_short()
    {
        var live = new PortalSite(DeploymentMode.Live, new Uri("https://portal.example"));

        new OutboxOptions { AllowLocalAddresses = true }.FaultsIn(live).Single().ShouldContain("Outbox:AllowLocalAddresses");
        new OutboxOptions { Lease = TimeSpan.FromSeconds(19) }.FaultsIn(live).Single().ShouldContain("Outbox:Lease");
        new OutboxOptions { Timeout = TimeSpan.Zero }.FaultsIn(live).Single().ShouldContain("Outbox:Timeout");
        new OutboxOptions().FaultsIn(live).ShouldBeEmpty();
    }
}
