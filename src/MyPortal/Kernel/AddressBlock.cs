using System.Net;

namespace MyPortal.Kernel;

/// <summary>
/// The block of addresses that a caller shares with its neighbours: the /24 of an IPv4 address, the /64 of an IPv6 address, which is
/// what one customer of a provider gets. Who is behind it cannot be told from it alone.
/// </summary>
internal static class AddressBlock
{
    /// <summary>What stands for a caller without an address, as on a local socket.</summary>
    public const string None = "-";
    private const int Ipv6Bytes = 8;

    /// <summary>For example <c>192.0.2.0/24</c> or <c>2001:db8:1:2::/64</c>.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return None;
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        if (bytes.Length is 4)
        {
            return $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24";
        }

        bytes.AsSpan(Ipv6Bytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
