using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Jpki.Revocation;

/// <summary>What a responder says about one certificate.</summary>
internal enum CertificateStatus
{
    Good,
    Revoked,
    Unknown,
}

/// <summary>
/// A parsed BasicOCSPResponse (RFC 6960 section 4.2.1) with one answer. Parsing proves nothing: who signed it, for which certificate,
/// with which nonce and when is checked by <see cref="OcspRevocation"/>.
/// </summary>
internal sealed class OcspResponse
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private OcspResponse()
    {
    }

    public required ReadOnlyMemory<byte> SignedBytes { get; init; }

    public required string SignatureAlgorithm { get; init; }

    public required byte[] Signature { get; init; }

    public required byte[]? Delegate { get; init; }

    public required ReadOnlyMemory<byte> CertificateId { get; init; }

    public required CertificateStatus Status { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset? NextUpdate { get; init; }

    public required byte[]? Nonce { get; init; }

    /// <summary>Parses an answer.</summary>
    /// <returns>Null when the responder reports trouble of its own (tryLater, internalError and so on).</returns>
    /// <exception cref="AsnContentException">The bytes have another form.</exception>
    public static OcspResponse? Parse(byte[] bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.DER);
        var response = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (response.ReadEnumeratedBytes().Span is not [0])
        {
            return null;
        }

        var responseBytes = response.ReadSequence(Tag0).ReadSequence();
        if (responseBytes.ReadObjectIdentifier() is not BasicResponse)
        {
            throw new AsnContentException("Not a basic OCSP response.");
        }

        var basic = new AsnReader(responseBytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        var signedBytes = basic.ReadEncodedValue();
        var algorithm = basic.ReadSequence().ReadObjectIdentifier();
        var signature = basic.ReadBitString(out _);
        var certificate = basic.HasData ? basic.ReadSequence(Tag0).ReadSequence().ReadEncodedValue().ToArray() : null;
        return ParseSigned(signedBytes, algorithm, signature, certificate);
    }

    /// <summary>Whether the key of <paramref name="signer"/> signed this answer, with RSA or ECDSA and SHA-256 or better.</summary>
    public bool IsSignedBy(X509Certificate2 signer)
    {
        using var rsa = signer.GetRSAPublicKey();
        using var ecdsa = signer.GetECDsaPublicKey();
        return SignatureAlgorithm switch
        {
            "1.2.840.113549.1.1.11" => rsa?.VerifyData(SignedBytes.Span, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is true,
            "1.2.840.10045.4.3.2" => ecdsa?.VerifyData(SignedBytes.Span, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) is true,
            "1.2.840.10045.4.3.3" => ecdsa?.VerifyData(SignedBytes.Span, Signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence) is true,
            _ => false,
        };
    }

    private static OcspResponse ParseSigned(ReadOnlyMemory<byte> signedBytes, string algorithm, byte[] signature, byte[]? certificate)
    {
        var data = new AsnReader(signedBytes, AsnEncodingRules.DER).ReadSequence();
        if (data.PeekTag().HasSameClassAndValue(Tag0))
        {
            data.ReadEncodedValue();
        }

        data.ReadEncodedValue();
        data.ReadGeneralizedTime();
        var answers = data.ReadSequence();
        var answer = answers.ReadSequence();
        answers.ThrowIfNotEmpty();
        var certificateId = answer.ReadEncodedValue();
        var status = answer.PeekTag().TagValue switch
        {
            0 => CertificateStatus.Good,
            1 => CertificateStatus.Revoked,
            _ => CertificateStatus.Unknown,
        };
        answer.ReadEncodedValue();
        var thisUpdate = answer.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate = answer.HasData && answer.PeekTag().HasSameClassAndValue(Tag0) ? answer.ReadSequence(Tag0).ReadGeneralizedTime() : null;
        return new OcspResponse
        {
            SignedBytes = signedBytes,
            SignatureAlgorithm = algorithm,
            Signature = signature,
            Delegate = certificate,
            CertificateId = certificateId,
            Status = status,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            Nonce = data.HasData && data.PeekTag().HasSameClassAndValue(Tag1) ? NonceIn(data.ReadSequence(Tag1).ReadSequence()) : null,
        };
    }

    private static byte[]? NonceIn(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var isNonce = extension.ReadObjectIdentifier() is OcspRequest.NonceOid;
            if (extension.PeekTag() == Asn1Tag.Boolean)
            {
                extension.ReadBoolean();
            }

            var value = extension.ReadOctetString();
            if (isNonce)
            {
                return new AsnReader(value, AsnEncodingRules.DER).ReadOctetString();
            }
        }

        return null;
    }
}
