using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>A trusted root that signs whatever it is told, so that a test reaches the checks behind trust.</summary>
internal sealed class ForgedAuthority
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    // Before the instance, which is made with it.
    public static readonly byte[] Name = CertificateDraft.Name("Forged authority");
    private static readonly Lazy<ForgedAuthority> Shared = new(() => new ForgedAuthority());
    private readonly RSA key = RSA.Create(2048);

    private ForgedAuthority()
    {
        Certificate = X509CertificateLoader.LoadCertificate(SelfSigned(OfRoot));
    }

    /// <summary>One for all tests, because keys are slow to make.</summary>
    public static ForgedAuthority Instance => Shared.Value;

    public X509Certificate2 Certificate { get; }

    /// <summary>The ordinary key of a card.</summary>
    public RSA CardKey { get; } = RSA.Create(2048);

    public PinnedRoot RootOf(CertificateKind kind) => new(Certificate, kind, new Uri("http://127.0.0.1:9/ocsp"), CertificateIdentity.KeyHashOf(Certificate));

    /// <summary>The verifier of a portal that trusts this root for one kind.</summary>
    public CardSignatures Verifier(CertificateKind kind = CertificateKind.Authentication)
    {
        var policies = new PolicyOptions[]
        {
            new() { Oid = CertificateDraft.AuthenticationPolicy, Kind = CertificateKind.Authentication, Carrier = CertificateCarrier.Test },
            new() { Oid = CertificateDraft.SignaturePolicy, Kind = CertificateKind.Signature, Carrier = CertificateCarrier.Test },
        };
        return new CardSignatures(new CertificatePath(new JpkiTrust([RootOf(kind)], policies), new TestClock(Now)));
    }

    /// <summary>DER of a certificate.</summary>
    public byte[] Issue(CertificateDraft draft) => Sign(draft, draft.Content(Name, CardKey.ExportSubjectPublicKeyInfo()));

    /// <summary>DER of a certificate with exactly these signed bytes.</summary>
    public byte[] Sign(CertificateDraft draft, byte[] content) =>
        Raw.Node(Raw.Sequence, content, draft.OuterAlgorithm ?? draft.Algorithm, Raw.Bits(key.SignData(content, draft.Hash, RSASignaturePadding.Pkcs1)));

    /// <summary>An ordinary root, to be spoiled.</summary>
    public static CertificateDraft OfRoot { get; } = new() { Subject = Name, Extensions = [CertificateDraft.KeyUsage(3, 2, 1, 0x06), BasicConstraints(0x30, 3, 1, 1, 0xFF)] };

    /// <summary>DER of a certificate for the root's own key.</summary>
    public byte[] SelfSigned(CertificateDraft draft) => Sign(draft, draft.Content(draft.Subject, key.ExportSubjectPublicKeyInfo()));

    public static byte[] BasicConstraints(params byte[] value) => CertificateDraft.Extension("2.5.29.19", critical: true, value);
}
