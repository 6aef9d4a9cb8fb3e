using System.Formats.Asn1;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>
/// The parts of a CMS SignedData (RFC 5652 section 5) that has the one form our card agent makes: versions 1, one digest algorithm, the
/// content inside, one certificate, no revocation list, one signer who is named by issuer and serial.
/// </summary>
/// <param name="Certificate">DER of the only certificate.</param>
/// <param name="Issuer">DER of the issuer's name as the signer is named.</param>
/// <param name="Serial">Serial as the signer is named.</param>
/// <param name="DigestAlgorithm">Object identifier.</param>
/// <param name="SignatureAlgorithm">Object identifier.</param>
/// <param name="Attributes">The signed attributes, still as they came.</param>
/// <param name="Signature">The signature.</param>
internal sealed record CmsForm(
    ReadOnlyMemory<byte> Certificate,
    ReadOnlyMemory<byte> Issuer,
    ReadOnlyMemory<byte> Serial,
    string DigestAlgorithm,
    string SignatureAlgorithm,
    ReadOnlyMemory<byte> Attributes,
    byte[] Signature)
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const int OnlyVersion = 1;
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Reads the outer form. Certificate and attributes are for the caller to read.</summary>
    /// <exception cref="AsnContentException">The bytes are no DER, or no SignedData.</exception>
    public static Result<CmsForm> Read(ReadOnlyMemory<byte> bytes)
    {
        Der.ThrowIfNotDer(bytes);
        var contentInfo = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
        if (contentInfo.ReadObjectIdentifier() is not SignedData)
        {
            return JpkiErrors.NotSignedData;
        }

        var signedData = ReadOnly(contentInfo, Tag0);
        contentInfo.ThrowIfNotEmpty();
        var isVersion1 = IsVersion1(signedData);
        var digests = signedData.ReadSetOf();
        if (ContentRefusal(signedData.ReadSequence()) is { } contentRefusal)
        {
            return contentRefusal;
        }

        if (ReadOnlyCertificate(signedData) is not { } certificate)
        {
            return JpkiErrors.NotOneCertificate;
        }

        if (signedData.PeekTag().HasSameClassAndValue(Tag1))
        {
            return JpkiErrors.CarriesRevocationLists;
        }

        var signers = signedData.ReadSetOf();
        signedData.ThrowIfNotEmpty();
        if (!signers.HasData)
        {
            return JpkiErrors.NotOneSigner;
        }

        var signer = signers.ReadSequence();
        return signers.HasData ? JpkiErrors.NotOneSigner : ReadSigner(signer, digests, certificate, isVersion1);
    }

    private static Result<CmsForm> ReadSigner(AsnReader signer, AsnReader digests, ReadOnlyMemory<byte> certificate, bool isVersion1)
    {
        var isSigner1 = IsVersion1(signer);

        // The other choice is a key identifier.
        if (!signer.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return JpkiErrors.NotOneCertificate;
        }

        if (!isVersion1 || !isSigner1)
        {
            return JpkiErrors.WrongVersion;
        }

        var name = signer.ReadSequence();
        var (issuer, serial) = (name.ReadEncodedValue(), name.ReadIntegerBytes());
        name.ThrowIfNotEmpty();
        var digest = ReadAlgorithm(signer);
        if (!signer.PeekTag().HasSameClassAndValue(Tag0))
        {
            return JpkiErrors.WrongSignedAttributes;
        }

        var attributes = signer.ReadEncodedValue();
        var signature = ReadAlgorithm(signer);
        if (digest is null || signature is null || !digests.HasData || ReadAlgorithm(digests) != digest || digests.HasData)
        {
            return JpkiErrors.WrongAlgorithm;
        }

        var bytes = signer.ReadOctetString();

        // Nobody signs them, not even an empty set of them.
        return signer.HasData ? JpkiErrors.HasUnsignedAttributes : new CmsForm(certificate, issuer, serial, digest, signature, attributes, bytes);
    }

    private static Error? ContentRefusal(AsnReader content)
    {
        if (content.ReadObjectIdentifier() is not Data)
        {
            return JpkiErrors.NotSignedData;
        }

        // A signature apart from its content.
        if (!content.HasData)
        {
            return JpkiErrors.WrongContent;
        }

        var tagged = content.ReadSequence(Tag0);
        content.ThrowIfNotEmpty();
        tagged.ReadOctetString();
        tagged.ThrowIfNotEmpty();
        return null;
    }

    // The other choices (attribute certificates and the like) have tags of their own.
    private static ReadOnlyMemory<byte>? ReadOnlyCertificate(AsnReader signedData)
    {
        if (!signedData.PeekTag().HasSameClassAndValue(Tag0))
        {
            return null;
        }

        var certificates = signedData.ReadSetOf(skipSortOrderValidation: true, Tag0);
        if (!certificates.HasData || !certificates.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return null;
        }

        // A bare null would become an empty memory here.
        var only = certificates.ReadEncodedValue();
        return certificates.HasData ? (ReadOnlyMemory<byte>?)null : only;
    }

    private static AsnReader ReadOnly(AsnReader reader, Asn1Tag tag)
    {
        var tagged = reader.ReadSequence(tag);
        var only = tagged.ReadSequence();
        tagged.ThrowIfNotEmpty();
        return only;
    }

    private static bool IsVersion1(AsnReader reader) => reader.TryReadInt32(out var version) && version is OnlyVersion;

    // Null where it has parameters: then it is none of ours.
    private static string? ReadAlgorithm(AsnReader reader)
    {
        var identifier = reader.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        if (identifier.HasData && identifier.PeekTag().HasSameClassAndValue(Asn1Tag.Null))
        {
            identifier.ReadNull();
        }

        return identifier.HasData ? null : algorithm;
    }
}
