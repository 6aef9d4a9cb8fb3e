using System.Formats.Asn1;
using System.Security.Cryptography;
using MyPortal.Kernel;

namespace MyPortal.Jpki.Revocation;

/// <summary>Asks the issuer's responder (OCSP, RFC 6960) at every use. Own code because the framework's offers no nonce, no address and hides a cache.</summary>
internal sealed class OcspRevocation(HttpClient http, JpkiOptions jpki, RandomSource random, TimeProvider clock, IssuerHealth condition, ILogger<OcspRevocation> logger) : IRevocationSource
{
    /// <summary>An answer without our nonce may be an old one that somebody plays back; it counts this long.</summary>
    private static readonly TimeSpan LifeWithoutNonce = TimeSpan.FromMinutes(5);

    public async Task<Result<VerifiedCertificate>> CheckAsync(VerifiedCertificate certificate, CancellationToken cancellationToken)
    {
        var options = jpki.Ocsp;
        var hash = options.CertificateIdHash is "SHA1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var certificateId = OcspCertificateId.Of(certificate, hash);
        var nonce = random.Bytes(32);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.Timeout);
            var bytes = await OcspClient.AskAsync(http, certificate.Root.OcspAddress, OcspRequest.Write(certificateId, nonce), limit.Token);
            condition.Report(hasAnswered: true);
            if (OcspResponse.Parse(bytes) is not { } response || FaultIn(response, certificate.Root, certificateId, nonce, options) is { } fault && Log(fault))
            {
                return JpkiErrors.RevocationUnavailable;
            }

            return response.Status switch
            {
                CertificateStatus.Good => certificate,
                CertificateStatus.Revoked => JpkiErrors.Revoked,
                _ => JpkiErrors.UnknownToIssuer,
            };
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || HostileBytes.MayCause(exception)
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            condition.Report(hasAnswered: false);
            logger.LogWarning("The revocation responder gave no usable answer: {Reason}", exception.GetType().Name);
            return JpkiErrors.RevocationUnavailable;
        }
    }

    private string? FaultIn(OcspResponse response, PinnedRoot root, OcspCertificateId certificateId, byte[] nonce, OcspOptions options)
    {
        var now = clock.GetUtcNow();
        if (!OcspSigners.AreTrusted(response, root.Certificate, now))
        {
            return "signer";
        }

        if (!certificateId.Matches(new AsnReader(response.CertificateId, AsnEncodingRules.DER).ReadSequence()))
        {
            return "other certificate";
        }

        if (response.Nonce is null ? options.RequireNonce : !CryptographicOperations.FixedTimeEquals(response.Nonce, nonce))
        {
            return "nonce";
        }

        if (response.Nonce is null && response.ThisUpdate < now - LifeWithoutNonce)
        {
            return "age without nonce";
        }

        var isCurrent = response.ThisUpdate <= now + options.ClockSkew
            && response.ProducedAt <= now + options.ClockSkew
            && response.NextUpdate > response.ThisUpdate
            && response.NextUpdate >= now - options.ClockSkew;
        return isCurrent ? null : "time";
    }

    private bool Log(string fault)
    {
        logger.LogWarning("The revocation answer was refused: {Fault}", fault);
        return true;
    }
}
