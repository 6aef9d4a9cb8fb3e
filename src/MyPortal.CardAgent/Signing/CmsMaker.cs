using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.CardAgent.Cards;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Signing;

/// <summary>
/// Makes CMS SignedData (RFC 5652) over a document with a key inside the card: one signer, the leaf certificate only, the document
/// as content of type id-data, signed attributes content type, message digest and signing time, nothing unsigned, no CRLs.
/// RSA signs with SHA-256, P-384 with SHA-384.
/// </summary>
internal sealed class CmsMaker(TimeProvider clock)
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";
    private const string P384 = "1.3.132.0.34";

    /// <summary>Signs and returns the SignedData as DER.</summary>
    public byte[] Sign(byte[] document, JpkiCard card, CertificateKind kind, X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        using AsymmetricAlgorithm key = (rsa, ecdsa) switch
        {
            ({ }, _) => new CardRsa(card, kind, rsa),
            (_, { }) when ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P384 => new CardEcdsa(card, kind, ecdsa),
            _ => throw new CardFaultException("The certificate's key is of an unknown kind."),
        };
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, key)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid(rsa is null ? Sha384 : Sha256),
        };

        // Without an attribute of our own the platform would sign the bare content, which the portal refuses.
        signer.SignedAttributes.Add(new Pkcs9SigningTime(clock.GetUtcNow().UtcDateTime));
        var cms = new SignedCms(new ContentInfo(document), detached: false);
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }
}
