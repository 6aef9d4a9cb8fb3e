using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace MyPortal.CardAgent;

/// <summary>Where the agent gets its randomness, so that a test can hand it known bytes.</summary>
internal abstract class RandomSource
{
    public static RandomSource System { get; } = new SystemRandomSource();

    public abstract void Fill(Span<byte> bytes);

    /// <summary>256 random bits in base64url: 43 characters.</summary>
    public string Token()
    {
        Span<byte> bytes = stackalloc byte[32];
        Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>One of a few things; for lists so short that the remainder of 64 bits is as good as even.</summary>
    public T Pick<T>(IReadOnlyList<T> things)
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return things[(int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)things.Count)];
    }

    private sealed class SystemRandomSource : RandomSource
    {
#pragma warning disable RS0030 // The one place that makes randomness.
        public override void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
    }
}
