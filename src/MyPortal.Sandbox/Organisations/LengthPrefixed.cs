using System.Buffers.Binary;
using System.Text;

namespace MyPortal.Sandbox.Organisations;

/// <summary>The <c>lp</c> of the hub protocol: a big-endian u32 length and the bytes.</summary>
internal static class LengthPrefixed
{
    public static byte[] Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static byte[] Of(ReadOnlySpan<byte> bytes) => [.. Number((uint)bytes.Length), .. bytes];

    public static byte[] Number(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Takes the first field off; false when its length points behind the end.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out byte[] field)
    {
        field = [];
        if (rest.Length < sizeof(uint)) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - sizeof(uint)) return false;
        field = rest.Slice(sizeof(uint), (int)length).ToArray();
        rest = rest[(sizeof(uint) + (int)length)..];
        return true;
    }
}
