using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>Answers OCSP requests (RFC 6960) about the certificates of one root, signed by that root's delegate.</summary>
internal sealed class OcspResponder(IssuingAuthority authority, IssuingRoot root, TimeProvider clock)
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>DER of an OCSPResponse; a request that cannot be read gets the status malformedRequest.</summary>
    /// <param name="request">DER of an OCSPRequest.</param>
    /// <param name="fault">How to answer wrongly, for the tests of a verifier.</param>
    public byte[] Answer(ReadOnlyMemory<byte> request, OcspFault fault = OcspFault.None)
    {
        if (fault is OcspFault.TryLater) return WithoutBody(OcspStatus.TryLater);
        try
        {
            return Respond(OcspQuestion.Read(request), fault);
        }
        catch (AsnContentException)
        {
            return WithoutBody(OcspStatus.MalformedRequest);
        }
    }

    private static byte[] WithoutBody(OcspStatus status)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) writer.WriteEnumeratedValue(status);
        return writer.Encode();
    }

    private byte[] Respond(OcspQuestion question, OcspFault fault)
    {
        var signer = fault switch
        {
            OcspFault.ForeignDelegate => ForeignDelegate(),
            OcspFault.CheckedDelegate => root.DelegateToBeChecked(),
            _ => root.OcspDelegate,
        };
        var data = ResponseData(question, signer, fault);
        using var key = signer.GetRSAPrivateKey()!;
        var signature = key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (fault is OcspFault.BrokenSignature) signature[^1] ^= 1;

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue(OcspStatus.Successful);
            using (writer.PushSequence(Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Basic);
                writer.WriteOctetString(BasicResponse(data, signature, signer));
            }
        }
        return writer.Encode();
    }

    /// <summary>The delegate of another root: a genuine responder, but not for these certificates.</summary>
    private X509Certificate2 ForeignDelegate() => authority.Roots.First(other => other.Kind != root.Kind && other.Generation == root.Generation).OcspDelegate;

    private static byte[] BasicResponse(byte[] data, byte[] signature, X509Certificate2 signer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(data);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Sha256WithRsa);
                writer.WriteNull();
            }
            writer.WriteBitString(signature);
            using (writer.PushSequence(Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(signer.RawData);
            }
        }
        return writer.Encode();
    }

    private byte[] ResponseData(OcspQuestion question, X509Certificate2 signer, OcspFault fault)
    {
        var producedAt = clock.GetUtcNow();
        var thisUpdate = fault is OcspFault.Stale ? producedAt - (2 * Life) : producedAt;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
#pragma warning disable CA5350 // ResponderID byKey is SHA-1 by definition (RFC 6960 section 4.2.1).
            using (writer.PushSequence(Context(2))) writer.WriteOctetString(SHA1.HashData(signer.PublicKey.EncodedKeyValue.RawData));
#pragma warning restore CA5350
            writer.WriteGeneralizedTime(producedAt, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (var asked in question.Asked) WriteSingle(writer, asked, thisUpdate, fault);
            }
            if (NonceFor(question, fault) is { } nonce) WriteNonce(writer, nonce);
        }
        return writer.Encode();
    }

    private static byte[]? NonceFor(OcspQuestion question, OcspFault fault) => fault switch
    {
        OcspFault.NoNonce => null,
        OcspFault.OtherNonce when question.Nonce is { } nonce => [.. nonce[..^1], (byte)(nonce[^1] ^ 1)],
        _ => question.Nonce,
    };

    private void WriteSingle(AsnWriter writer, OcspCertificateId asked, DateTimeOffset thisUpdate, OcspFault fault)
    {
        using var single = writer.PushSequence();
        if (fault is OcspFault.OtherSerial) WriteNextSerial(writer, asked);
        else writer.WriteEncodedValue(asked.Encoded.Span);
        WriteStatus(writer, asked.Names(root) ? authority.Find(root, asked.Serial) : null);
        writer.WriteGeneralizedTime(thisUpdate, omitFractionalSeconds: true);
        if (fault is OcspFault.NoNextUpdate) return;
        using var nextUpdate = writer.PushSequence(Context(0));
        writer.WriteGeneralizedTime(thisUpdate + Life, omitFractionalSeconds: true);
    }

    private static void WriteStatus(AsnWriter writer, IssuedEntry? entry)
    {
        if (entry is null)
        {
            writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 2));
            return;
        }
        if (entry.RevokedAt is not { } revokedAt)
        {
            writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0));
            return;
        }
        using var revoked = writer.PushSequence(Context(1));
        writer.WriteGeneralizedTime(revokedAt, omitFractionalSeconds: true);
        using var reason = writer.PushSequence(Context(0));
        writer.WriteEnumeratedValue(entry.Reason ?? X509RevocationReason.Unspecified);
    }

    private static void WriteNextSerial(AsnWriter writer, OcspCertificateId asked)
    {
        var changed = asked.Encoded.ToArray();
        changed[^1] ^= 1;
        writer.WriteEncodedValue(changed);
    }

    private static void WriteNonce(AsnWriter writer, byte[] nonce)
    {
        using var tagged = writer.PushSequence(Context(1));
        using var extensions = writer.PushSequence();
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(OcspQuestion.NonceOid);
        writer.WriteOctetString(nonce);
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
