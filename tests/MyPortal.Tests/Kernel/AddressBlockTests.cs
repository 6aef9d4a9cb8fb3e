using System.Net;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"), InlineData("192.0.2.1", "::ffff:192.0.2.1"), InlineData("192.0.2.1", "192.0.2.1"), InlineData("::1", "127.0.0.1")]
    public void One_line_is_one_block(string one, string other) => Of(one).ShouldBe(Of(other));

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1"), InlineData("192.0.2.1", "192.0.2.2"), InlineData("::1", "0.0.0.0"), InlineData("::192.0.2.1", "192.0.2.1")]
    public void Two_lines_are_two(string one, string other) => Of(one).ShouldNotBe(Of(other));

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("::1", "127.0.0.0/24")]
    public void What_is_stored_is_shared_with_the_neighbours(string address, string block) => Of(address).ToCoarseText().ShouldBe(block);

    [Fact]
    public void A_socket_without_an_address_is_one_block()
    {
        AddressBlock.Of(null).ShouldBe(default);
        AddressBlock.Of(null).ToCoarseText().ShouldBe("-");
    }

    private static AddressBlock Of(string text) => AddressBlock.Of(IPAddress.Parse(text));
}
