using System.Security.Cryptography;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>A certificate part by part, each as encoded bytes; left alone it is the ordinary one of a user-authentication key.</summary>
internal sealed record CertificateDraft
{
    public const string AuthenticationPolicy = "1.2.392.200149.8.5.1.0.30";
    public const string SignaturePolicy = "1.2.392.200149.8.5.1.0.20";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private const string AttributeArc = "1.2.392.200149.8.5.5.";

    public byte[] Version { get; init; } = Raw.Node(0xA0, Raw.Integer(2));

    public byte[] Serial { get; init; } = Raw.Integer(0x07A1_2001);

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public byte[] Algorithm { get; init; } = Raw.Algorithm(Sha256WithRsa);

    /// <summary>As it stands outside, beside the signature; null for the same.</summary>
    public byte[]? OuterAlgorithm { get; init; }

    public byte[]? Issuer { get; init; }

    public byte[] NotBefore { get; init; } = Raw.Utc("250101000000Z");

    public byte[] NotAfter { get; init; } = Raw.Utc("330101000000Z");

    public byte[] Subject { get; init; } = Name("99FORGED3221003A");

    /// <summary>SubjectPublicKeyInfo; null for the key that signs the CMS.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Before the extensions, where unique identifiers of version 2 stand.</summary>
    public byte[] Between { get; init; } = [];

    public IReadOnlyList<byte[]> Extensions { get; init; } = [KeyUsage(3, 2, 7, 0x80), Policies(AuthenticationPolicy)];

    /// <summary>Behind the extensions.</summary>
    public byte[] After { get; init; } = [];

    /// <summary>The ordinary certificate of a signature key, with more names beside the attributes.</summary>
    public static CertificateDraft OfSignature(params byte[][] names) => new()
    {
        Extensions = [KeyUsage(3, 2, 6, 0xC0), Policies(SignaturePolicy), Extension("2.5.29.17", critical: false, Raw.Node(Raw.Sequence, names))],
    };

    public static byte[][] Attributes =>
        [Attribute(1, Raw.Utf8("山田　花子")), Attribute(2, Raw.Utf8("00000")), Attribute(3, Raw.Utf8("2")), Attribute(4, Raw.Utf8("319850412")), Attribute(5, Raw.Utf8("緑県さくら市桜町一丁目2番3号")), Attribute(6, Raw.Utf8("0"))];

    public static byte[] Attribute(int number, byte[] value) => OtherName(AttributeArc + number, value);

    public static byte[] OtherName(string oid, byte[] value) => Raw.Node(0xA0, Raw.Oid(oid), Raw.Node(0xA0, value));

    public static byte[] Name(string commonName) => Raw.Node(
        Raw.Sequence,
        Raw.Node(Raw.Set, Raw.Node(Raw.Sequence, Raw.Oid("2.5.4.6"), Raw.Node(0x13, "JP"u8.ToArray()))),
        Raw.Node(Raw.Set, Raw.Node(Raw.Sequence, Raw.Oid("2.5.4.3"), Raw.Utf8(commonName))));

    public static byte[] KeyUsage(params byte[] bits) => Extension("2.5.29.15", critical: true, bits);

    public static byte[] Policies(params string[] oids) => Extension("2.5.29.32", critical: true, Raw.Node(Raw.Sequence, [.. oids.Select(oid => Raw.Node(Raw.Sequence, Raw.Oid(oid)))]));

    public static byte[] Purposes(params string[] oids) => Extension("2.5.29.37", critical: false, Raw.Node(Raw.Sequence, [.. oids.Select(Raw.Oid)]));

    public static byte[] Extension(string oid, bool critical, byte[] value) =>
        Raw.Node(Raw.Sequence, [Raw.Oid(oid), .. critical ? [Raw.Boolean(true)] : Array.Empty<byte[]>(), Raw.Node(Raw.OctetString, value)]);

    public CertificateDraft With(params byte[][] more) => this with { Extensions = [.. Extensions, .. more] };

    /// <summary>What the issuer signs.</summary>
    public byte[] Content(byte[] issuer, byte[] key) => Raw.Node(
        Raw.Sequence,
        Version,
        Serial,
        Algorithm,
        Issuer ?? issuer,
        Raw.Node(Raw.Sequence, NotBefore, NotAfter),
        Subject,
        Key ?? key,
        Between,
        Extensions is [] ? [] : Raw.Node(0xA3, Raw.Node(Raw.Sequence, [.. Extensions])),
        After);
}
