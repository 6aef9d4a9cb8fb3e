using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>A CMS that has the one form we accept. Nothing about it is proven yet.</summary>
internal sealed record GatedCms(SignedCms Cms, X509Certificate2 Certificate);

/// <summary>
/// Lets through only the one form of CMS SignedData (RFC 5652) that our card agent makes. The framework's check accepts far more:
/// trailing bytes, SHA-1, missing signed attributes, keys of any size and cost.
/// </summary>
internal static class CmsGate
{
    public const int LongestCms = 16 * 1024;

    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";

    public static Result<GatedCms> Open(byte[] bytes)
    {
        // Step 1: size, exact DER length, nothing behind.
        if (bytes.Length > LongestCms)
        {
            return JpkiErrors.TooLong;
        }

        var cms = new SignedCms();
        try
        {
            if (OuterFormRefusal(bytes) is { } refusal)
            {
                return refusal;
            }

            cms.Decode(bytes);

            // Step 3: the gate. Decoding is lazy: certificate, key and attributes are read only when they are asked for.
            return SignerRefusal(cms) is { } signerRefusal ? signerRefusal : new GatedCms(cms, cms.Certificates[0]);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return JpkiErrors.NotDer;
        }
    }

    private static Error? OuterFormRefusal(byte[] bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.DER);
        var contentInfo = outer.ReadSequence();
        if (outer.HasData)
        {
            return JpkiErrors.NotDer;
        }

        if (contentInfo.ReadObjectIdentifier() is not SignedData)
        {
            return JpkiErrors.NotSignedData;
        }

        var signedData = contentInfo.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)).ReadSequence();
        signedData.ReadInteger();
        signedData.ReadSetOf();
        signedData.ReadSequence();
        var certificates = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (!signedData.PeekTag().HasSameClassAndValue(certificates))
        {
            return JpkiErrors.NotOneCertificate;
        }

        signedData.ReadSetOf(skipSortOrderValidation: true, certificates);
        return signedData.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 1)) ? JpkiErrors.CarriesRevocationLists : null;
    }

    private static Error? SignerRefusal(SignedCms cms)
    {
        if (cms.ContentInfo.ContentType.Value is not Data)
        {
            return JpkiErrors.NotSignedData;
        }

        if (cms.SignerInfos.Count is not 1)
        {
            return JpkiErrors.NotOneSigner;
        }

        var signer = cms.SignerInfos[0];
        if (cms.Certificates.Count is not 1 || signer.SignerIdentifier.Type is not SubjectIdentifierType.IssuerAndSerialNumber || signer.Certificate is null)
        {
            return JpkiErrors.NotOneCertificate;
        }

        if (KeyKindOf(cms.Certificates[0].PublicKey) is not { } key)
        {
            return JpkiErrors.WrongKey;
        }

        var (digest, signature) = (signer.DigestAlgorithm.Value, signer.SignatureAlgorithm.Value);
        var isKnownAlgorithm = key is KeyKind.Rsa2048
            ? digest is Sha256 && signature is Rsa or RsaWithSha256
            : digest is Sha384 && signature is EcdsaWithSha384;
        if (!isKnownAlgorithm)
        {
            return JpkiErrors.WrongAlgorithm;
        }

        if (!AreExpected(signer.SignedAttributes))
        {
            return JpkiErrors.WrongSignedAttributes;
        }

        return signer.UnsignedAttributes.Count is 0 ? null : JpkiErrors.HasUnsignedAttributes;
    }

    private static bool AreExpected(CryptographicAttributeObjectCollection attributes)
    {
        var names = attributes.Cast<CryptographicAttributeObject>().Where(attribute => attribute.Values.Count is 1).Select(attribute => attribute.Oid.Value).ToList();
        return names.Count == attributes.Count
            && names.Distinct(StringComparer.Ordinal).Count() == names.Count
            && names.Contains(ContentType)
            && names.Contains(MessageDigest)
            && names.TrueForAll(name => name is ContentType or MessageDigest or SigningTime);
    }

    private enum KeyKind
    {
        Rsa2048,
        P384,
    }

    // Read from the encoding, before any arithmetic: a key of the sender's choosing can cost 30 times a normal one.
    private static KeyKind? KeyKindOf(PublicKey key)
    {
        switch (key.Oid.Value)
        {
            case Rsa:
                var numbers = new AsnReader(key.EncodedKeyValue.RawData, AsnEncodingRules.DER).ReadSequence();
                var modulus = numbers.ReadIntegerBytes().Span;
                var exponent = numbers.ReadIntegerBytes().Span;
                var is2048 = modulus.Length is 257 && modulus[0] is 0 && modulus[1] >= 0x80;
                return is2048 && exponent.SequenceEqual((ReadOnlySpan<byte>)[1, 0, 1]) ? KeyKind.Rsa2048 : null;
            case "1.2.840.10045.2.1":
                var isP384 = key.EncodedParameters is { } parameters && parameters.RawData.AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]);
                return isP384 && key.EncodedKeyValue.RawData.Length is 97 ? KeyKind.P384 : null;
            default:
                return null;
        }
    }
}
