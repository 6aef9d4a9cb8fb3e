using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>What an OCSP request (RFC 6960 section 4.1) asks. Signed requests are read, their signature is not needed.</summary>
/// <param name="Asked">One entry per certificate asked about.</param>
/// <param name="Nonce">The value of the nonce extension as it came, or null.</param>
internal sealed record OcspQuestion(IReadOnlyList<OcspCertificateId> Asked, byte[]? Nonce)
{
    public const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>Reads the DER of an OCSPRequest.</summary>
    /// <exception cref="AsnContentException">Not an OCSP request.</exception>
    public static OcspQuestion Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        var body = request.ReadSequence();
        SkipContext(body, 0);
        SkipContext(body, 1);

        var asked = new List<OcspCertificateId>();
        var list = body.ReadSequence();
        while (list.HasData) asked.Add(OcspCertificateId.Read(list.ReadSequence()));
        return new OcspQuestion(asked, ReadNonce(body));
    }

    private static void SkipContext(AsnReader reader, int number)
    {
        if (reader.HasData && reader.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, number))) reader.ReadEncodedValue();
    }

    private static byte[]? ReadNonce(AsnReader body)
    {
        if (!body.HasData) return null;
        var extensions = body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2)).ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)) extension.ReadBoolean();
            var value = extension.ReadOctetString();
            if (oid is NonceOid) return value;
        }
        return null;
    }
}

/// <summary>CertID (RFC 6960 section 4.1.1): the certificate asked about, named by hashes of its issuer.</summary>
/// <param name="Encoded">The CertID as it came; the answer repeats it.</param>
/// <param name="HashOid">Hash algorithm of the two hashes.</param>
/// <param name="IssuerNameHash">Hash of the issuer's name.</param>
/// <param name="IssuerKeyHash">Hash of the issuer's key bits, without algorithm and tag.</param>
/// <param name="Serial">Serial, lower-case hex of its DER content bytes.</param>
internal sealed record OcspCertificateId(ReadOnlyMemory<byte> Encoded, string HashOid, byte[] IssuerNameHash, byte[] IssuerKeyHash, string Serial)
{
    public static OcspCertificateId Read(AsnReader request)
    {
        var encoded = request.PeekEncodedValue();
        var id = request.ReadSequence();
        var hash = id.ReadSequence().ReadObjectIdentifier();
        return new OcspCertificateId(encoded, hash, id.ReadOctetString(), id.ReadOctetString(), Convert.ToHexStringLower(id.ReadIntegerBytes().Span));
    }

    public bool Names(IssuingRoot root)
    {
        Func<byte[], byte[]>? hash = HashOid switch
        {
#pragma warning disable CA5350 // SHA-1 only names the issuer here (RFC 6960 default); nothing is signed with it.
            "1.3.14.3.2.26" => SHA1.HashData,
#pragma warning restore CA5350
            "2.16.840.1.101.3.4.2.1" => SHA256.HashData,
            _ => null,
        };
        return hash is not null
            && hash(root.Certificate.SubjectName.RawData).AsSpan().SequenceEqual(IssuerNameHash)
            && hash(root.Certificate.PublicKey.EncodedKeyValue.RawData).AsSpan().SequenceEqual(IssuerKeyHash);
    }
}
