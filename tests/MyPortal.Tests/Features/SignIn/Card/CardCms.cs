using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>Makes CMS SignedData (RFC 5652): the form a card agent makes, and on request the forms that must be refused.</summary>
internal static class CardCms
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Signs a document as the card agent does.</summary>
    /// <param name="certificate">Certificate with its key.</param>
    /// <param name="document">The content.</param>
    /// <param name="change">Makes the signer odd.</param>
    public static byte[] Sign(X509Certificate2 certificate, byte[] document, Action<CmsSigner>? change = null)
    {
        var cms = new SignedCms(new ContentInfo(document), detached: false);
        cms.ComputeSignature(SignerOf(certificate, change));
        return cms.Encode();
    }

    public static byte[] SignTogether(X509Certificate2 first, X509Certificate2 second, byte[] document)
    {
        var cms = new SignedCms(new ContentInfo(document), detached: false);
        cms.ComputeSignature(SignerOf(first));
        cms.ComputeSignature(SignerOf(second, signer => signer.IncludeOption = X509IncludeOption.None));
        return cms.Encode();
    }

    /// <summary>The same CMS with an empty revocation list of a name that says nothing.</summary>
    public static byte[] WithRevocationList(byte[] cms) => Rewrite(cms, (signedData, writer) =>
    {
        foreach (var _ in (ReadOnlySpan<string>)["version", "digest algorithms", "content", "certificates"])
        {
            writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
        }

        using var key = RSA.Create(2048);
        var issuer = new CertificateRequest("CN=list", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        issuer.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(issuer.PublicKey, critical: false));
        using var root = issuer.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var list = new CertificateRevocationListBuilder().Build(root, 1, DateTimeOffset.UnixEpoch.AddYears(90), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using (writer.PushSetOf(Tag1))
        {
            writer.WriteEncodedValue(list);
        }

        CopyRest(signedData, writer);
    });

    /// <summary>The same signature around another content.</summary>
    public static byte[] WithContent(byte[] cms, byte[] document) => Rewrite(cms, (signedData, writer) =>
    {
        writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
        writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
        var content = signedData.ReadSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(content.ReadObjectIdentifier());
            using (writer.PushSequence(Tag0))
            {
                writer.WriteOctetString(document);
            }
        }

        CopyRest(signedData, writer);
    });

    /// <summary>The same CMS with another certificate in the place of the signer's; what it says about the signer stays.</summary>
    public static byte[] WithCertificate(byte[] cms, X509Certificate2 certificate) => Rewrite(cms, (signedData, writer) =>
    {
        foreach (var _ in (ReadOnlySpan<string>)["version", "digest algorithms", "content"])
        {
            writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
        }

        signedData.ReadEncodedValue();
        using (writer.PushSetOf(Tag0))
        {
            writer.WriteEncodedValue(certificate.RawData);
        }

        CopyRest(signedData, writer);
    });

    /// <summary>The signer of an ordinary answer.</summary>
    public static CmsSigner SignerOf(X509Certificate2 certificate, Action<CmsSigner>? change = null)
    {
        var isElliptic = certificate.PublicKey.Oid.Value is "1.2.840.10045.2.1";
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid(isElliptic ? Sha384 : Sha256),
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime());
        change?.Invoke(signer);
        return signer;
    }

    private static byte[] Rewrite(byte[] cms, Action<AsnReader, AsnWriter> rewriteSignedData)
    {
        var contentInfo = new AsnReader(cms, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(contentInfo.ReadObjectIdentifier());
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                rewriteSignedData(contentInfo.ReadSequence(Tag0).ReadSequence(), writer);
            }
        }

        return writer.Encode();
    }

    private static void CopyRest(AsnReader reader, AsnWriter writer)
    {
        while (reader.HasData)
        {
            writer.WriteEncodedValue(reader.ReadEncodedValue().Span);
        }
    }
}
