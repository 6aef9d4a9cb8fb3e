using System.Formats.Asn1;
using System.Security.Cryptography;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>One extension of a certificate.</summary>
/// <param name="IsCritical">Whether whoever does not know it must refuse the certificate.</param>
/// <param name="Value">DER of its value.</param>
internal sealed record CertificateExtension(bool IsCritical, ReadOnlyMemory<byte> Value);

/// <summary>What an issuer signed, and how.</summary>
/// <param name="Algorithm">Object identifier.</param>
/// <param name="Signed">The signed bytes.</param>
/// <param name="Bytes">The signature.</param>
internal sealed record IssuerSignature(string Algorithm, ReadOnlyMemory<byte> Signed, byte[] Bytes);

/// <summary>
/// An X.509 certificate (RFC 5280 section 4.1) in the one form we take: DER at every node, version 3, a positive serial of at most 20
/// bytes, signed with SHA-256 or better, no extension twice. Nothing is proven yet.
/// </summary>
internal sealed class CertificateForm
{
    private const int LongestSerial = 20;
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag3 = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private CertificateForm()
    {
    }

    public required IssuerSignature Signature { get; init; }

    /// <summary>Content bytes of the serial number.</summary>
    public required ReadOnlyMemory<byte> Serial { get; init; }

    /// <summary>DER of the issuer's name.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    /// <summary>DER of the subject's name.</summary>
    public required ReadOnlyMemory<byte> Subject { get; init; }

    /// <summary>First instant of the validity, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Last instant of the validity, UTC.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    public required SubjectKey Key { get; init; }

    /// <summary>By object identifier.</summary>
    public required IReadOnlyDictionary<string, CertificateExtension> Extensions { get; init; }

    /// <summary>Reads a certificate.</summary>
    /// <returns><see cref="JpkiErrors.WrongCertificateForm"/> or <see cref="JpkiErrors.WeakCertificate"/> where it has another form.</returns>
    /// <exception cref="AsnContentException">The bytes are no DER or no certificate.</exception>
    public static Result<CertificateForm> Read(ReadOnlyMemory<byte> bytes)
    {
        Der.ThrowIfNotDer(bytes);
        var certificate = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
        var signed = certificate.PeekEncodedValue();
        var content = certificate.ReadSequence();
        var outerAlgorithm = certificate.PeekEncodedValue();
        var algorithm = Der.ReadPlainAlgorithm(certificate);
        var signature = Der.ReadWholeBytes(certificate);
        certificate.ThrowIfNotEmpty();

        // Version 3 is written as 2; a certificate without the tag is of version 1.
        if (!content.PeekTag().HasSameClassAndValue(Tag0))
        {
            return JpkiErrors.WrongCertificateForm;
        }

        var version = content.ReadSequence(Tag0);
        var isVersion3 = version.TryReadInt32(out var number) && number is 2 && !version.HasData;
        var serial = content.ReadIntegerBytes();
        var isSerial = serial.Length <= LongestSerial && serial.Span[0] < 0x80 && serial.Span.ContainsAnyExcept((byte)0);
        var isOneAlgorithm = content.PeekEncodedValue().Span.SequenceEqual(outerAlgorithm.Span);
        content.ReadEncodedValue();
        if (!isVersion3 || !isSerial || !isOneAlgorithm)
        {
            return JpkiErrors.WrongCertificateForm;
        }

        return CertificateSignature.IsStrong(algorithm) ? ReadBody(content, serial, new IssuerSignature(algorithm, signed, signature)) : JpkiErrors.WeakCertificate;
    }

    private static Result<CertificateForm> ReadBody(AsnReader content, ReadOnlyMemory<byte> serial, IssuerSignature signature)
    {
        var issuer = content.ReadEncodedValue();
        var validity = content.ReadSequence();
        var (notBefore, notAfter) = (Der.ReadTime(validity), Der.ReadTime(validity));
        validity.ThrowIfNotEmpty();
        var subject = content.ReadEncodedValue();
        var key = SubjectKey.Read(content.ReadSequence());

        // Unique identifiers would stand here; nobody has used them since version 2.
        var extensions = content.HasData ? ReadExtensions(content.ReadSequence(Tag3)) : new Dictionary<string, CertificateExtension>(StringComparer.Ordinal);
        content.ThrowIfNotEmpty();
        if (extensions is null || notAfter < notBefore)
        {
            return JpkiErrors.WrongCertificateForm;
        }

        return new CertificateForm
        {
            Signature = signature,
            Serial = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Key = key,
            Extensions = extensions,
        };
    }

    // Null when one stands twice: two readers could each believe another one.
    private static Dictionary<string, CertificateExtension>? ReadExtensions(AsnReader tagged)
    {
        var all = tagged.ReadSequence();
        tagged.ThrowIfNotEmpty();
        var extensions = new Dictionary<string, CertificateExtension>(StringComparer.Ordinal);
        while (all.HasData)
        {
            var one = all.ReadSequence();
            var oid = one.ReadObjectIdentifier();
            var isCritical = one.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean);
            if (isCritical && !one.ReadBoolean())
            {
                throw new AsnContentException("A default value is written.");
            }

            if (!one.TryReadPrimitiveOctetString(out var value))
            {
                throw new AsnContentException("The value of an extension comes in parts.");
            }

            one.ThrowIfNotEmpty();
            Der.ThrowIfNotDer(value);
            if (!extensions.TryAdd(oid, new CertificateExtension(isCritical, value)))
            {
                return null;
            }
        }

        return extensions;
    }
}

/// <summary>The public key of a certificate, read from its encoding before any arithmetic: a key of the sender's choosing can cost 30 times a normal one.</summary>
internal sealed class SubjectKey
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string Elliptic = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string P384 = "1.3.132.0.34";
    private const string P521 = "1.3.132.0.35";
    private const byte Uncompressed = 4;

    private SubjectKey()
    {
    }

    /// <summary>Length of the modulus in bits; 0 for a key that is no RSA key in the usual form.</summary>
    public int RsaBits { get; private init; }

    /// <summary>Whether the public exponent is 65537.</summary>
    public bool HasUsualExponent { get; private init; }

    /// <summary>Object identifier of the named curve; null for a key that is no point on one of ours.</summary>
    public string? Curve { get; private init; }

    /// <summary>What a plastic card holds today.</summary>
    public bool IsRsa2048 => RsaBits is 2048 && HasUsualExponent;

    /// <summary>What the announced next card holds.</summary>
    public bool IsP384 => Curve is P384;

    /// <summary>Strong enough for an authority or its responder, and not of a size that serves only to keep us busy.</summary>
    public bool IsStrong => (RsaBits is >= 2048 and <= 4096 && HasUsualExponent) || Curve is not null;

    /// <summary>Reads a SubjectPublicKeyInfo (RFC 3279, RFC 5480).</summary>
    /// <exception cref="AsnContentException">The bytes are no key.</exception>
    internal static SubjectKey Read(AsnReader info)
    {
        var identifier = info.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        var key = Der.ReadWholeBytes(info);
        info.ThrowIfNotEmpty();
        return algorithm switch
        {
            Rsa => ReadRsa(identifier, key),
            Elliptic => ReadPoint(identifier, key),
            _ => new SubjectKey(),
        };
    }

    private static SubjectKey ReadRsa(AsnReader identifier, byte[] key)
    {
        identifier.ReadNull();
        identifier.ThrowIfNotEmpty();
        Der.ThrowIfNotDer(key);
        var numbers = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();
        var modulus = numbers.ReadIntegerBytes().Span;
        var exponent = numbers.ReadIntegerBytes().Span;

        // Two numbers, the first of them positive and odd; with whole bytes, so that 2048 bits are 257 bytes with a leading zero.
        var isUsual = !numbers.HasData && modulus.Length > 1 && modulus[0] is 0 && (modulus[^1] & 1) is 1;
        return isUsual ? new SubjectKey { RsaBits = (modulus.Length - 1) * 8, HasUsualExponent = exponent.SequenceEqual((ReadOnlySpan<byte>)[1, 0, 1]) } : new SubjectKey();
    }

    private static SubjectKey ReadPoint(AsnReader identifier, byte[] point)
    {
        if (!identifier.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            return new SubjectKey();
        }

        var curve = identifier.ReadObjectIdentifier();
        identifier.ThrowIfNotEmpty();
        var size = curve switch
        {
            P256 => 32,
            P384 => 48,
            P521 => 66,
            _ => 0,
        };

        // Hybrid points (6 and 7) have the same length as uncompressed ones and say one thing twice.
        return size > 0 && point.Length == (2 * size) + 1 && point[0] is Uncompressed && IsOnCurve(curve, point, size) ? new SubjectKey { Curve = curve } : new SubjectKey();
    }

    private static bool IsOnCurve(string curve, byte[] point, int size)
    {
        try
        {
            var q = new ECPoint { X = point[1..(size + 1)], Y = point[(size + 1)..] };
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue(curve), Q = q });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
