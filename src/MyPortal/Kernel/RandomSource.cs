using System.Buffers.Text;
using System.Security.Cryptography;

namespace MyPortal.Kernel;

/// <summary>Where security code gets its randomness, so that a test can hand it known bytes.</summary>
internal abstract class RandomSource
{
    public static RandomSource System { get; } = new SystemRandomSource();

    public abstract void Fill(Span<byte> bytes);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>256 random bits in base64url: 43 characters.</summary>
    public string Token() => Base64Url.EncodeToString(Bytes(32));

    private sealed class SystemRandomSource : RandomSource
    {
#pragma warning disable RS0030 // The one place that makes randomness.
        public override void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
    }
}
