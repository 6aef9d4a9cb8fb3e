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
    public Result<VerifiedCertificate> Verify(byte[] cms, byte[] document, CertificateKind expected)
    {
        var gated = CmsGate.Open(cms);
        if (gated.IsRefused)
        {
            return gated.Error;
        }

        // Step 4: byte-equal to what was issued.
        if (!gated.Value.Cms.ContentInfo.Content.AsSpan().SequenceEqual(document))
        {
            return JpkiErrors.WrongContent;
        }

        using var certificate = gated.Value.Certificate;
        var verified = path.Check(certificate, expected);
        if (verified.IsRefused)
        {
            return verified.Error;
        }

        // Step 7: the signature itself. The overload with 'false' would use the machine's store and its own network revocation.
        try
        {
            gated.Value.Cms.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException)
        {
            return JpkiErrors.BadSignature;
        }

        if (expected is CertificateKind.Authentication)
        {
            return verified;
        }

        return SubjectTag.Of(certificate) is { } tag
            ? verified.Value with { SubjectTag = tag, HolderName = HolderAttributes.Of(certificate).GetValueOrDefault(HolderAttributes.Name) }
            : JpkiErrors.NoAttributes;
    }
}
