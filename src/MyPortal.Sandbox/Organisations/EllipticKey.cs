using System.Security.Cryptography;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Reads the public keys of others.</summary>
internal static class EllipticKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Null unless it is exactly one SubjectPublicKeyInfo of a point on P-256.</summary>
    public static ECDiffieHellman? ReadOrNull(byte[] subjectPublicKeyInfo)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            if (read == subjectPublicKeyInfo.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is P256) return key;
        }
        catch (CryptographicException)
        {
            // Falls through to the same answer as any other foreign key.
        }
        key.Dispose();
        return null;
    }
}
