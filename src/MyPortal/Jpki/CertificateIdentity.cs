using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.Jpki;

/// <summary>
/// Names one certificate: the key of the root that issued it and the serial number. The roots of all generations share one name, so
/// issuer name and serial would not be unique.
/// </summary>
/// <param name="RootKeyHash">SHA-256 of the root's SubjectPublicKeyInfo, lower-case hex.</param>
/// <param name="Serial">Serial number, lower-case hex of its DER content bytes (at most 20 bytes).</param>
internal sealed record CertificateIdentity(string RootKeyHash, string Serial)
{
    /// <summary>Bytes for a keyed look-up hash.</summary>
    public byte[] ToBytes() => [.. Convert.FromHexString(RootKeyHash), .. Convert.FromHexString(Serial)];

    public static CertificateIdentity Of(CertificateForm certificate, PinnedRoot root) => new(root.KeyHash, Convert.ToHexStringLower(certificate.Serial.Span));

    public static string KeyHashOf(X509Certificate2 root) => Convert.ToHexStringLower(SHA256.HashData(root.PublicKey.ExportSubjectPublicKeyInfo()));
}

/// <summary>A root the portal trusts for one kind of certificate.</summary>
internal sealed record PinnedRoot(X509Certificate2 Certificate, CertificateKind Kind, Uri OcspAddress, string KeyHash)
{
    /// <summary>By which leaves name their root's key; null when the root says none.</summary>
    public ReadOnlyMemory<byte>? KeyIdentifier { get; } = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes;
}

/// <summary>What is left of a certificate after it was verified; the certificate itself is not kept.</summary>
internal sealed record VerifiedCertificate(
    CertificateIdentity Identity,
    CertificateKind Kind,
    CertificateCarrier Carrier,
    DateTimeOffset ValidUntil,
    PinnedRoot Root,
    byte[] SerialBytes,
    byte[]? SubjectTag)
{
    /// <summary>The certified name, of a signature certificate only. For the act of this transaction; whoever keeps it seals it.</summary>
    public string? HolderName { get; init; }
}
