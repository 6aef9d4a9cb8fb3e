using System.Net;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void Neighbours_share_a_block(string address, string block) => AddressBlock.Of(IPAddress.Parse(address)).ShouldBe(block);

    [Fact]
    public void A_caller_without_an_address_has_a_block_of_its_own() => AddressBlock.Of(null).ShouldBe("-");
}
