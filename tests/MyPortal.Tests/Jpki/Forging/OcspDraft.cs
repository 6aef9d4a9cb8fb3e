using System.Security.Cryptography;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;
using MyPortal.Jpki.Revocation;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>An answer of a revocation responder part by part, each as encoded bytes; left alone it is an ordinary one by a delegate of the forged authority.</summary>
internal sealed record OcspDraft
{
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";
    private const string NoCheckOid = "1.3.6.1.5.5.7.48.1.5";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private static readonly RSA DelegateKey = RSA.Create(2048);

    /// <summary>The certificate of the ordinary delegate, to be spoiled.</summary>
    public static CertificateDraft OfDelegate => new()
    {
        Subject = CertificateDraft.Name("Responder"),
        Key = DelegateKey.ExportSubjectPublicKeyInfo(),
        Extensions = [CertificateDraft.KeyUsage(3, 2, 7, 0x80), CertificateDraft.Purposes(OcspSigning), CertificateDraft.Extension(NoCheckOid, critical: false, [5, 0])],
    };

    public RSA Signer { get; init; } = DelegateKey;

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public byte[] Algorithm { get; init; } = Raw.Algorithm(CertificateDraft.Sha256WithRsa);

    public CertificateDraft Delegate { get; init; } = OfDelegate;

    /// <summary>Certificates before the delegate's.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>Whether any certificate comes along.</summary>
    public bool HasCertificates { get; init; } = true;

    /// <summary>The responder's identifier; null for the name of the delegate.</summary>
    public byte[]? Responder { get; init; }

    public byte[] ProducedAt { get; init; } = Time(TimeSpan.Zero);

    public byte[] ThisUpdate { get; init; } = Time(TimeSpan.Zero);

    public byte[] NextUpdate { get; init; } = Raw.Node(0xA0, Time(TimeSpan.FromHours(1)));

    public byte[] Status { get; init; } = [0x80, 0];

    /// <summary>More extensions of the one answer.</summary>
    public byte[] SingleExtensions { get; init; } = [];

    public bool HasNonce { get; init; } = true;

    /// <summary>More extensions of the whole response.</summary>
    public byte[] MoreExtensions { get; init; } = [];

    /// <summary>Behind the certificates.</summary>
    public byte[] After { get; init; } = [];

    public static byte[] Time(TimeSpan ahead) =>
        Raw.Generalized((ForgedAuthority.Now + ahead).ToString("yyyyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The certificate that is asked about, as a verifier left it.</summary>
    public static VerifiedCertificate Asked()
    {
        var root = ForgedAuthority.Instance.RootOf(CertificateKind.Authentication);
        byte[] serial = [0x07, 0xA1, 0x20, 0x01];
        return new VerifiedCertificate(
            new CertificateIdentity(root.KeyHash, "07a12001"), CertificateKind.Authentication, CertificateCarrier.Test, ForgedAuthority.Now.AddYears(1), root, serial, SubjectTag: null);
    }

    /// <summary>DER of the answer to a question.</summary>
    /// <param name="nonce">The extension value of the question's nonce.</param>
    public byte[] Encode(byte[] nonce)
    {
        var certificate = ForgedAuthority.Instance.Issue(Delegate);
        var name = Responder ?? Raw.Node(0xA1, Delegate.Subject);
        var single = Raw.Node(0x30, CertificateId(), Status, ThisUpdate, NextUpdate, SingleExtensions);
        byte[] extensions = [.. HasNonce ? CertificateDraft.Extension(NonceOid, critical: false, nonce) : [], .. MoreExtensions];
        var data = Raw.Node(0x30, name, ProducedAt, Raw.Node(0x30, single), extensions is [] ? [] : Raw.Node(0xA1, Raw.Node(0x30, extensions)));
        var signature = Raw.Bits(Signer.SignData(data, Hash, RSASignaturePadding.Pkcs1));
        var certificates = HasCertificates ? Raw.Node(0xA0, Raw.Node(0x30, Before, certificate)) : [];
        var basic = Raw.Node(0x30, data, Algorithm, signature, certificates, After);
        return Raw.Node(0x30, [0x0A, 1, 0], Raw.Node(0xA0, Raw.Node(0x30, Raw.Oid("1.3.6.1.5.5.7.48.1.1"), Raw.Node(0x04, basic))));
    }

    private static byte[] CertificateId()
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        OcspCertificateId.Of(Asked(), HashAlgorithmName.SHA256).WriteTo(writer);
        return writer.Encode();
    }
}
