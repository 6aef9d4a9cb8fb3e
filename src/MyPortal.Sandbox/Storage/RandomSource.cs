using System.Security.Cryptography;

namespace MyPortal.Sandbox.Storage;

/// <summary>The only place that makes random bytes, so that a reader finds everyone who needs randomness.</summary>
internal static class RandomSource
{
#pragma warning disable RS0030 // This is the source the banned-symbol message points to.
    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public static string Letters(int count, string alphabet) => RandomNumberGenerator.GetString(alphabet, count);
#pragma warning restore RS0030
}
