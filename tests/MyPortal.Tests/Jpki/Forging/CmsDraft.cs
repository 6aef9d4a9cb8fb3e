using System.Security.Cryptography;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>A CMS SignedData part by part, each as encoded bytes; left alone it is the ordinary one of a card, and signed by its key.</summary>
internal sealed record CmsDraft(byte[] Document)
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    public byte[] Version { get; init; } = Raw.Integer(1);

    public byte[] DigestAlgorithms { get; init; } = Raw.Node(Raw.Set, Raw.Algorithm(Sha256));

    public byte[] ContentType { get; init; } = Raw.Oid(Data);

    public CertificateDraft Certificate { get; init; } = new();

    /// <summary>The bag; null for the certificate alone.</summary>
    public byte[]? Certificates { get; init; }

    public byte[] SignerVersion { get; init; } = Raw.Integer(1);

    /// <summary>How the signer is named; null as in the certificate.</summary>
    public byte[]? Signer { get; init; }

    public byte[] DigestAlgorithm { get; init; } = Raw.Algorithm(Sha256);

    public byte[] SignatureAlgorithm { get; init; } = Raw.Algorithm("1.2.840.113549.1.1.1");

    /// <summary>Signed attributes in the order of DER; null for the ordinary three.</summary>
    public IReadOnlyList<byte[]>? Attributes { get; init; }

    public byte[] ContentTypeValue { get; init; } = Raw.Oid(Data);

    public byte[] SigningTime { get; init; } = Raw.Utc("261120030000Z");

    /// <summary>Behind the signature, where unsigned attributes stand.</summary>
    public byte[] Unsigned { get; init; } = [];

    /// <summary>Replaces the content of the signed attributes before they are signed.</summary>
    public Func<byte[], byte[]>? Rewrite { get; init; }

    /// <summary>DER of the certificate that comes along, where it is made elsewhere.</summary>
    public byte[]? Issued { get; init; }

    public byte[] Encode()
    {
        var authority = ForgedAuthority.Instance;
        var certificate = Issued ?? authority.Issue(Certificate);
        var attributes = AttributeBytes();
        var signature = authority.CardKey.SignData(Raw.Node(Raw.Set, attributes), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var signer = Raw.Node(
            Raw.Sequence,
            SignerVersion,
            Signer ?? Raw.Node(Raw.Sequence, Certificate.Issuer ?? ForgedAuthority.Name, Certificate.Serial),
            DigestAlgorithm,
            Raw.Node(0xA0, attributes),
            SignatureAlgorithm,
            Raw.Node(Raw.OctetString, signature),
            Unsigned);
        var content = Raw.Node(Raw.Sequence, ContentType, Raw.Node(0xA0, Raw.Node(Raw.OctetString, Document)));
        var signedData = Raw.Node(Raw.Sequence, Version, DigestAlgorithms, content, Raw.Node(0xA0, Certificates ?? certificate), Raw.Node(Raw.Set, signer));
        return Raw.Node(Raw.Sequence, Raw.Oid("1.2.840.113549.1.7.2"), Raw.Node(0xA0, signedData));
    }

    public static byte[] Attribute(string oid, params byte[][] values) => Raw.Node(Raw.Sequence, Raw.Oid(oid), Raw.Node(Raw.Set, values));

    /// <summary>The content of the set of signed attributes.</summary>
    public byte[] AttributeBytes()
    {
        var attributes = Attributes ??
        [
            Attribute("1.2.840.113549.1.9.3", ContentTypeValue),
            Attribute("1.2.840.113549.1.9.5", SigningTime),
            Attribute("1.2.840.113549.1.9.4", Raw.Node(Raw.OctetString, SHA256.HashData(Document))),
        ];
        byte[] bytes = [.. attributes.SelectMany(attribute => attribute)];
        return Rewrite?.Invoke(bytes) ?? bytes;
    }
}
