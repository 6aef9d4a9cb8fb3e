namespace MyPortal.Tests.Jpki.Forging;

/// <summary>How the length of one node is written.</summary>
internal enum LengthForm
{
    Minimal,

    /// <summary>With a byte more than needed.</summary>
    Long,

    /// <summary>Until two zero bytes (BER only).</summary>
    Indefinite,
}

/// <summary>A DER value taken apart, so that any one of its nodes can be written in another way while all lengths around it stay right.</summary>
internal sealed class DerTree
{
    private readonly byte tag;
    private readonly byte[] prefix;
    private readonly byte[] content;
    private readonly List<DerTree> children;

    private DerTree(byte tag, byte[] prefix, byte[] content, List<DerTree> children) => (this.tag, this.prefix, this.content, this.children) = (tag, prefix, content, children);

    /// <summary>This node and everything inside, also what lies encoded in strings of bytes and bits.</summary>
    public IEnumerable<DerTree> Nodes => children.SelectMany(child => child.Nodes).Prepend(this);

    public static DerTree Read(byte[] bytes)
    {
        var (node, length) = ReadOne(bytes)!.Value;
        length.ShouldBe(bytes.Length);
        return node;
    }

    public byte[] Write(DerTree? odd = null, LengthForm form = LengthForm.Minimal)
    {
        byte[] inner = [.. prefix, .. children is [] ? content : children.SelectMany(child => child.Write(odd, form))];
        return ReferenceEquals(odd, this) ? form switch
        {
            LengthForm.Long => [tag, .. Raw.LongLength(inner.Length), .. inner],
            LengthForm.Indefinite => [tag, 0x80, .. inner, 0, 0],
            _ => Raw.Node(tag, inner),
        }
        : Raw.Node(tag, inner);
    }

    private static (DerTree Node, int Length)? ReadOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || (bytes[0] & 0x1F) is 0x1F || bytes[0] is 0)
        {
            return null;
        }

        var more = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7F;
        if (bytes[1] is 0x80 || more > 2 || bytes.Length < 2 + more)
        {
            return null;
        }

        var length = bytes[1] < 0x80 ? bytes[1] : more is 1 ? bytes[2] : (bytes[2] << 8) | bytes[3];
        var header = 2 + more;
        var isMinimal = more is 0 || length >= (more is 1 ? 0x80 : 0x100);
        if (!isMinimal || bytes.Length < header + length)
        {
            return null;
        }

        var type = bytes[0];
        var inside = bytes.Slice(header, length);
        var skipped = type is 0x03 && length > 0 ? 1 : 0;
        var mayHold = (type & 0x20) is not 0 || type is 0x03 or 0x04;
        var found = mayHold ? ReadAll(inside[skipped..]) : null;
        return (new DerTree(type, found is null ? [] : inside[..skipped].ToArray(), inside.ToArray(), found ?? []), header + length);
    }

    // Null when the bytes are no sequence of values: then they are only bytes.
    private static List<DerTree>? ReadAll(ReadOnlySpan<byte> bytes)
    {
        var nodes = new List<DerTree>();
        while (!bytes.IsEmpty)
        {
            if (ReadOne(bytes) is not { } read)
            {
                return null;
            }

            nodes.Add(read.Node);
            bytes = bytes[read.Length..];
        }

        return nodes;
    }
}
