using System.Buffers.Binary;
using System.Text;

namespace MyPortal.Sealing;

/// <summary>
/// The place a sealed value belongs to: table, column and every plain value that must not be exchanged. It is bound to the
/// ciphertext as associated data, so that a database writer can neither move a value to another row nor give it another owner or
/// sender.
/// </summary>
internal sealed record AssociatedData(string Table, string Column, params IReadOnlyList<string> Values)
{
    /// <summary>Each field with its length in front (u32 big-endian, UTF-8), so that no two places write the same bytes.</summary>
    public byte[] ToAssociatedData(byte algorithm, int keyVersion)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(algorithm);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, keyVersion);
        bytes.Write(number);
        foreach (var field in (ReadOnlySpan<string>)[Table, Column, .. Values])
        {
            var text = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(number, text.Length);
            bytes.Write(number);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }
}
