using System.Buffers;
using System.Buffers.Text;

namespace MyPortal.Kernel;

/// <summary>
/// Base64url as RFC 7515 and RFC 7636 want it: no padding, no space or line break, no bits left over. The framework's reader takes the
/// first two, so that one value would have several written forms.
/// </summary>
internal static class StrictBase64Url
{
    /// <summary>Reads the bytes; false when another text would mean the same bytes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out byte[] bytes)
    {
        var buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        bytes = [];
        if (Base64Url.DecodeFromChars(text, buffer, out _, out var written) is not OperationStatus.Done || !text.SequenceEqual(Base64Url.EncodeToString(buffer.AsSpan(0, written))))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }
}
