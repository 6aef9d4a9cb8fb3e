using System.Security.Cryptography;
using MyPortal.Contracts.CardAgent;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>
/// Verifies one CMS of a card against the document the portal issued: steps 1 and 3 to 7 of the verifier, which need no network.
/// Revocation and linkage follow after the transaction is consumed.
/// </summary>
internal sealed class CardSignatures(CertificatePath path)
{
    /// <summary>Never throws for anything that arrives: what escapes as an exception would neither be counted nor recorded.</summary>
    public Result<VerifiedCertificate> Verify(byte[] cms, byte[] document, CertificateKind expected)
    {
        try
        {
            var gated = CmsProfile.Open(cms);
            return gated.IsRefused ? gated.Error : Verify(gated.Value, document, expected);
        }
        catch (Exception exception) when (HostileBytes.MayCause(exception))
        {
            return JpkiErrors.Unreadable;
        }
    }

    private Result<VerifiedCertificate> Verify(ConformingCms cms, byte[] document, CertificateKind expected)
    {
        using var certificate = cms.Certificate;

        // Step 4: byte-equal to what was issued.
        if (!cms.Content.AsSpan().SequenceEqual(document))
        {
            return JpkiErrors.WrongContent;
        }

        var verified = path.Check(certificate, cms.Form, expected);
        if (verified.IsRefused)
        {
            return verified.Error;
        }

        // Step 7: the signature itself. The overload with 'false' would use the machine's store and its own network revocation.
        try
        {
            cms.Signer.CheckSignature(verifySignatureOnly: true);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return JpkiErrors.BadSignature;
        }

        if (expected is CertificateKind.Authentication)
        {
            return verified;
        }

        return HolderAttributes.Of(cms.Form) is { } attributes
            ? verified.Value with { SubjectTag = SubjectTag.Of(attributes), HolderName = attributes.Name }
            : JpkiErrors.NoAttributes;
    }
}
