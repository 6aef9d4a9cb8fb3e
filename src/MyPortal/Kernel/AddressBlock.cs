using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MyPortal.Kernel;

/// <summary>
/// Whom an address stands for: an IPv6 address for its /64, which is what one line gets and changes within at will; an IPv4 address
/// for itself, and so for everybody behind it. Mapped addresses count as IPv4, and so does this machine, under whichever name.
/// </summary>
/// <param name="IsV6">Whether it is a /64.</param>
/// <param name="Bits">The 64 bits of the block, or the 32 of the address; 0 where no address is known, as on a Unix socket.</param>
internal readonly record struct AddressBlock(bool IsV6, ulong Bits)
{
    public static AddressBlock Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        if (IPAddress.IPv6Loopback.Equals(address))
        {
            address = IPAddress.Loopback;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return new AddressBlock(IsV6: false, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        return address.IsIPv4MappedToIPv6
            ? new AddressBlock(IsV6: false, BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
            : new AddressBlock(IsV6: true, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>
    /// What may be stored: the /24 of an IPv4 address or the /64, from which nobody can be told alone. For example <c>192.0.2.0/24</c>
    /// or <c>2001:db8:1:2::/64</c>; <c>-</c> where no address is known.
    /// </summary>
    public string ToCoarseText()
    {
        if (this == default)
        {
            return "-";
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (IsV6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits);
            return $"{new IPAddress(bytes)}/64";
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Bits & 0xFFFF_FF00);
        return $"{new IPAddress(bytes[..4])}/24";
    }
}
