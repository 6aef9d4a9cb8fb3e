using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Jpki;

/// <summary>Signatures of an authority or its responder: RSA (PKCS #1 v1.5) or ECDSA, each with SHA-256 or better.</summary>
internal static class CertificateSignature
{
    /// <summary>Whether the key of <paramref name="signer"/> made the signature; false for every other algorithm.</summary>
    /// <param name="algorithm">Object identifier.</param>
    /// <param name="signed">The signed bytes.</param>
    /// <param name="signature">The signature as it stands in a BIT STRING.</param>
    /// <param name="signer">Whose key it must be.</param>
    /// <exception cref="CryptographicException">The key cannot be read.</exception>
    public static bool IsBy(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature, X509Certificate2 signer)
    {
        using var rsa = signer.GetRSAPublicKey();
        using var ecdsa = signer.GetECDsaPublicKey();
        return algorithm switch
        {
            "1.2.840.113549.1.1.11" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is true,
            "1.2.840.113549.1.1.12" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1) is true,
            "1.2.840.113549.1.1.13" => rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1) is true,
            "1.2.840.10045.4.3.2" => ecdsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) is true,
            "1.2.840.10045.4.3.3" => ecdsa?.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence) is true,
            "1.2.840.10045.4.3.4" => ecdsa?.VerifyData(signed, signature, HashAlgorithmName.SHA512, DSASignatureFormat.Rfc3279DerSequence) is true,
            _ => false,
        };
    }

    /// <summary>Whether <see cref="IsBy"/> knows the algorithm. SHA-1 and MD5 are missing on purpose: whoever finds a collision would hold two certificates for one signature.</summary>
    public static bool IsStrong(string algorithm) =>
        algorithm is "1.2.840.113549.1.1.11" or "1.2.840.113549.1.1.12" or "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.2" or "1.2.840.10045.4.3.3" or "1.2.840.10045.4.3.4";
}
