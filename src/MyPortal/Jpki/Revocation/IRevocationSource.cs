using MyPortal.Kernel;

namespace MyPortal.Jpki.Revocation;

/// <summary>Where the portal asks whether a certificate is still good.</summary>
internal interface IRevocationSource
{
    /// <summary>
    /// The certificate itself when it is good; <see cref="JpkiErrors.Revoked"/> (a hold counts as revoked, it is never lifted),
    /// <see cref="JpkiErrors.UnknownToIssuer"/> or <see cref="JpkiErrors.RevocationUnavailable"/> otherwise.
    /// </summary>
    Task<Result<VerifiedCertificate>> CheckAsync(VerifiedCertificate certificate, CancellationToken cancellationToken);
}
