using System.Formats.Asn1;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Kernel;

namespace MyPortal.Jpki.Revocation;

/// <summary>Asks the issuer's responder (OCSP, RFC 6960) at every use. Own code because the framework's offers no nonce, no address and hides a cache.</summary>
internal sealed class OcspRevocation(HttpClient http, JpkiOptions jpki, RandomSource random, TimeProvider clock, IssuerCondition condition, ILogger<OcspRevocation> logger) : IRevocationSource
{
    private const int LongestAnswer = 64 * 1024;
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";

    public async Task<Result<VerifiedCertificate>> CheckAsync(VerifiedCertificate certificate, CancellationToken cancellationToken)
    {
        var options = jpki.Ocsp;
        var hash = options.CertificateIdHash is "SHA1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var certificateId = OcspCertificateId.Of(certificate, hash);
        var nonce = random.Bytes(32);
        try
        {
            var bytes = await AskAsync(certificate.Root.OcspAddress, OcspRequest.Write(certificateId, nonce), options.Timeout, cancellationToken);
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
            exception is HttpRequestException or AsnContentException or CryptographicException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            condition.Report(hasAnswered: false);
            logger.LogWarning("The revocation responder gave no usable answer: {Reason}", exception.GetType().Name);
            return JpkiErrors.RevocationUnavailable;
        }
    }

    private async Task<byte[]> AskAsync(Uri address, byte[] request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        using var response = await http.PostAsync(address, content, limit.Token);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentLength is null or > LongestAnswer)
        {
            throw new HttpRequestException("The answer has no length or is too long.");
        }

        return await response.Content.ReadAsByteArrayAsync(limit.Token);
    }

    private string? FaultIn(OcspResponse response, PinnedRoot root, OcspCertificateId certificateId, byte[] nonce, OcspOptions options)
    {
        if (!IsSignedByIssuerOrDelegate(response, root.Certificate))
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

        var now = clock.GetUtcNow();
        var isCurrent = response.ThisUpdate <= now + options.ClockSkew && response.NextUpdate >= now - options.ClockSkew;
        return isCurrent ? null : "time";
    }

    private bool IsSignedByIssuerOrDelegate(OcspResponse response, X509Certificate2 root)
    {
        if (response.Delegate is null)
        {
            return response.IsSignedBy(root);
        }

        using var signer = X509CertificateLoader.LoadCertificate(response.Delegate);
        if (signer.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span))
        {
            return response.IsSignedBy(root);
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(OcspSigning));

        // A certificate without any extended key usage passes the chain's policy check, but is no delegate.
        var isDelegate = signer.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value is OcspSigning));

        // The issuer must say that a delegate needs no revocation check of its own (RFC 6960 section 4.2.2.2.1): we make none.
        return isDelegate && signer.Extensions[OcspNoCheck] is not null && chain.Build(signer) && chain.ChainElements.Count is 2 && response.IsSignedBy(signer);
    }

    private bool Log(string fault)
    {
        logger.LogWarning("The revocation answer was refused: {Fault}", fault);
        return true;
    }
}
