using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.ResidentNetwork;

/// <summary>Whether somebody's user-authentication key signed a document, and whose key that is.</summary>
internal sealed class CardEvidence(IssuingAuthority authority, TimeProvider clock)
{
    private const string Data = "1.2.840.113549.1.7.1";

    /// <summary>The holder in the issuer's register; null when anything about the signature or the certificate is wrong.</summary>
    public string? HolderOf(byte[] document, byte[] cms)
    {
        var signed = new SignedCms();
        try
        {
            signed.Decode(cms);
            if (!HasOneSigner(signed) || !signed.ContentInfo.Content.AsSpan().SequenceEqual(document)) return null;
            signed.CheckSignature(verifySignatureOnly: true);
            return StandingEntry(signed.Certificates[0])?.Holder;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException or InvalidOperationException or ArgumentException or FormatException)
        {
            // The framework throws more than it documents: at a point off its curve, at a number that is none.
            return null;
        }
    }

    private static bool HasOneSigner(SignedCms cms) =>
        !cms.Detached
        && cms.ContentInfo.ContentType.Value is Data
        && cms.Certificates.Count is 1
        && cms.SignerInfos is [{ UnsignedAttributes.Count: 0, Certificate: not null } signer]
        && signer.DigestAlgorithm.Value is "2.16.840.1.101.3.4.2.1" or "2.16.840.1.101.3.4.2.2";

    private IssuedEntry? StandingEntry(X509Certificate2 certificate)
    {
        if (authority.Roots.SingleOrDefault(r => r.Kind is CertificateKind.Authentication && Issued(r, certificate)) is not { } root) return null;
        return authority.Find(root, Convert.ToHexStringLower(certificate.SerialNumberBytes.Span)) is { RevokedAt: null } entry ? entry : null;
    }

    private bool Issued(IssuingRoot root, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate) && chain.ChainElements.Count is 2;
    }
}
