using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyPortal.Outbox;

/// <summary>Which addresses of other parties the portal calls. Without it a registered address would be a way into our own network.</summary>
internal static class OutboundAddress
{
    /// <summary>Characters of the longest address.</summary>
    public const int Longest = 500;

    // Special-purpose addresses (IANA registries, RFC 6890): what no public server has.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>
    /// Whether a party may register the address: https, a host with plain digits, no user name, no fragment; a literal address must be
    /// public, in whichever characters it is written.
    /// </summary>
    public static bool MayBeRegistered(Uri address, OutboxOptions options) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Fragment: "", Host.Length: > 0 }
        && (address.Scheme is "https" || (options.AllowLocalAddresses && address.Scheme is "http"))
        && HasPlainDigits(address.Host)
        && HostOnTheWire(address) is { } host
        && OnTheWire(address).AbsoluteUri.Length <= Longest
        && (options.AllowLocalAddresses || !IPAddress.TryParse(host, out var literal) || IsPublic(literal));

    /// <summary>
    /// The address as it travels: its host in A-labels (RFC 5891), so that both ends of a signed message speak of the same characters.
    /// </summary>
    /// <exception cref="UriFormatException">The host is no name that can exist in the net.</exception>
    public static Uri OnTheWire(Uri address) =>
        string.Equals(address.IdnHost, address.DnsSafeHost, StringComparison.Ordinal) ? address : new UriBuilder(address) { Host = address.IdnHost }.Uri;

    private static string? HostOnTheWire(Uri address)
    {
        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Full-width digits and numbers in circles become ordinary ones on the way to the net: whoever reads them sees another host.
    private static bool HasPlainDigits(string host) =>
        host.EnumerateRunes().All(rune => rune.IsAscii || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber));

    /// <summary>Whether an address is one that servers of the public internet have.</summary>
    public static bool IsPublic(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => true,
            AddressFamily.InterNetworkV6 => IsGivenOut(address),
            _ => false,
        }
        && !Array.Exists(NotPublic, network => network.Contains(address));

    // 2000::/3 is all of IPv6 that was given out: the rest is local, mapped IPv4, NAT64 or multicast. The bytes are compared here because
    // IPNetwork takes a mapped address for the IPv4 one. ISATAP (RFC 5214) hides an IPv4 address behind 0:5efe, which a gateway would unpack.
    private static bool IsGivenOut(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return (bytes[0] & 0xE0) is 0x20 && !((bytes[8] & 0xFD) is 0 && bytes[9..12].SequenceEqual<byte>([0x00, 0x5E, 0xFE]));
    }
}
