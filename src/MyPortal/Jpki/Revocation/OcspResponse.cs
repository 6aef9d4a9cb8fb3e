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

/// <summary>Who says it signed an answer (ResponderID, RFC 6960 section 4.2.1): a name or the SHA-1 of a key.</summary>
internal sealed record OcspResponderId(ReadOnlyMemory<byte>? Name, byte[]? KeyHash)
{
    public bool Names(X509Certificate2 certificate)
    {
        if (Name is { } name)
        {
            return name.Span.SequenceEqual(certificate.SubjectName.RawData);
        }

#pragma warning disable CA5350 // The hash only names a key; the standard knows no other.
        return SHA1.HashData(certificate.PublicKey.EncodedKeyValue.RawData).AsSpan().SequenceEqual(KeyHash);
#pragma warning restore CA5350
    }
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
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2, isConstructed: true);
    private static readonly Asn1Tag Good = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Unknown = new(TagClass.ContextSpecific, 2);

    private OcspResponse()
    {
    }

    public required IssuerSignature Signature { get; init; }

    /// <summary>DER of every certificate that came along, in any order.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; }

    public required OcspResponderId Responder { get; init; }

    public required ReadOnlyMemory<byte> CertificateId { get; init; }

    public required CertificateStatus Status { get; init; }

    public required DateTimeOffset ProducedAt { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset? NextUpdate { get; init; }

    public required byte[]? Nonce { get; init; }

    /// <summary>Parses an answer.</summary>
    /// <returns>Null when the responder reports trouble of its own (tryLater, internalError and so on).</returns>
    /// <exception cref="AsnContentException">The bytes have another form, or an extension that must be understood and is not.</exception>
    public static OcspResponse? Parse(ReadOnlyMemory<byte> bytes)
    {
        Der.ThrowIfNotDer(bytes);
        var response = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
        if (response.ReadEnumeratedBytes().Span is not [0])
        {
            return null;
        }

        var tagged = response.ReadSequence(Tag0);
        response.ThrowIfNotEmpty();
        var responseBytes = tagged.ReadSequence();
        tagged.ThrowIfNotEmpty();
        if (responseBytes.ReadObjectIdentifier() is not BasicResponse)
        {
            throw new AsnContentException("Not a basic OCSP response.");
        }

        var inner = responseBytes.ReadOctetString();
        responseBytes.ThrowIfNotEmpty();
        Der.ThrowIfNotDer(inner);
        var basic = new AsnReader(inner, AsnEncodingRules.DER).ReadSequence();
        var signed = basic.ReadEncodedValue();
        var algorithm = Der.ReadPlainAlgorithm(basic);
        var signature = new IssuerSignature(algorithm, signed, Der.ReadWholeBytes(basic));
        var certificates = ReadCertificates(basic);
        return ReadData(new AsnReader(signed, AsnEncodingRules.DER).ReadSequence(), signature, certificates);
    }

    private static List<ReadOnlyMemory<byte>> ReadCertificates(AsnReader basic)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        if (basic.HasData)
        {
            var tagged = basic.ReadSequence(Tag0);
            var all = tagged.ReadSequence();
            tagged.ThrowIfNotEmpty();
            while (all.HasData)
            {
                certificates.Add(all.ReadEncodedValue());
            }
        }

        basic.ThrowIfNotEmpty();
        return certificates;
    }

    // Version 1 is the default and therefore not written; there is no other.
    private static OcspResponse ReadData(AsnReader data, IssuerSignature signature, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        var responder = ReadResponder(data);
        var producedAt = data.ReadGeneralizedTime();
        var answers = data.ReadSequence();
        var answer = answers.ReadSequence();
        answers.ThrowIfNotEmpty();
        var nonce = data.HasData ? ReadExtensions(data.ReadSequence(Tag1)) : null;
        data.ThrowIfNotEmpty();

        var certificateId = answer.ReadEncodedValue();
        var status = ReadStatus(answer);
        var thisUpdate = answer.ReadGeneralizedTime();
        var nextUpdate = answer.HasData && answer.PeekTag() == Tag0 ? ReadNextUpdate(answer.ReadSequence(Tag0)) : (DateTimeOffset?)null;
        if (answer.HasData)
        {
            ReadExtensions(answer.ReadSequence(Tag1));
        }

        answer.ThrowIfNotEmpty();
        return new OcspResponse
        {
            Signature = signature,
            Certificates = certificates,
            Responder = responder,
            CertificateId = certificateId,
            Status = status,
            ProducedAt = producedAt,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            Nonce = nonce,
        };
    }

    private static OcspResponderId ReadResponder(AsnReader data)
    {
        var isName = data.PeekTag() == Tag1;
        var tagged = data.ReadSequence(isName ? Tag1 : Tag2);
        var responder = isName ? new OcspResponderId(tagged.ReadEncodedValue(), null) : new OcspResponderId(null, tagged.ReadOctetString());
        tagged.ThrowIfNotEmpty();
        return responder;
    }

    private static CertificateStatus ReadStatus(AsnReader answer)
    {
        var tag = answer.PeekTag();
        if (tag == Good || tag == Unknown)
        {
            answer.ReadNull(tag);
            return tag == Good ? CertificateStatus.Good : CertificateStatus.Unknown;
        }

        var revoked = answer.ReadSequence(Tag1);
        revoked.ReadGeneralizedTime();
        if (revoked.HasData)
        {
            var reason = revoked.ReadSequence(Tag0);
            reason.ReadEnumeratedBytes();
            reason.ThrowIfNotEmpty();
        }

        revoked.ThrowIfNotEmpty();
        return CertificateStatus.Revoked;
    }

    private static DateTimeOffset ReadNextUpdate(AsnReader tagged)
    {
        var time = tagged.ReadGeneralizedTime();
        tagged.ThrowIfNotEmpty();
        return time;
    }

    private static byte[]? ReadExtensions(AsnReader tagged)
    {
        byte[]? nonce = null;
        var extensions = tagged.ReadSequence();
        tagged.ThrowIfNotEmpty();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var isNonce = extension.ReadObjectIdentifier() is OcspRequest.NonceOid;
            var isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (isCritical && !isNonce)
            {
                throw new AsnContentException("An extension that must be understood is unknown.");
            }

            if (isNonce)
            {
                nonce = nonce is null ? ReadNonce(value) : throw new AsnContentException("The nonce stands twice.");
            }
        }

        return nonce;
    }

    private static byte[] ReadNonce(byte[] value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var nonce = reader.ReadOctetString();
        reader.ThrowIfNotEmpty();
        return nonce;
    }
}
