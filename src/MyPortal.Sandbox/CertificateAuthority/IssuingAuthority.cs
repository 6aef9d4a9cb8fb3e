using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>
/// The authority behind the invented cards: two kinds of certificates, three generations of roots each. Keys are random, made
/// once and kept in the folder.
/// </summary>
internal sealed class IssuingAuthority
{
    public const int CurrentGeneration = 3;

    private readonly IssuedRegister register;
    private readonly TimeProvider clock;

    private IssuingAuthority(IReadOnlyList<IssuingRoot> roots, IssuedRegister register, TimeProvider clock)
    {
        (Roots, this.register, this.clock) = (roots, register, clock);
    }

    /// <summary>Both kinds, all generations.</summary>
    public IReadOnlyList<IssuingRoot> Roots { get; }

    /// <summary>Loads the authority of a folder, or founds it there.</summary>
    /// <param name="folder">Where keys, roots and the register live.</param>
    /// <param name="ocspBase">Address before <c>/ocsp/{kind}/{generation}</c>, for example <c>http://127.0.0.1:5101</c>.</param>
    /// <param name="clock">Decides validity periods and revocation times.</param>
    /// <param name="cancellationToken">Stops waiting for keys.</param>
    public static async Task<IssuingAuthority> CreateAsync(string folder, string ocspBase, TimeProvider clock, CancellationToken cancellationToken)
    {
        var data = new DataFolder(folder);
        var now = WholeSeconds(clock.GetUtcNow());
        var making =
            from kind in Enum.GetValues<CertificateKind>()
            from generation in Enumerable.Range(1, CurrentGeneration)
            let address = $"{ocspBase}/ocsp/{kind.ToString().ToLowerInvariant()}/{generation}"
            select Task.Run(() => IssuingRoot.LoadOrMake(kind, generation, address, data, now), cancellationToken);
        return new IssuingAuthority(await Task.WhenAll(making), new IssuedRegister(data), clock);
    }

    public IssuingRoot Root(CertificateKind kind, int generation = CurrentGeneration) => Roots.Single(r => r.Kind == kind && r.Generation == generation);

    /// <summary>Makes a key pair and its certificate and remembers the holder.</summary>
    public IssuedLeaf Issue(LeafOrder order)
    {
        var root = Root(order.Kind, order.Generation);
        using AsymmetricAlgorithm key = order.Key is LeafKey.EcP384 ? ECDsa.Create(ECCurve.NamedCurves.nistP384) : RSA.Create(2048);
        var request = new CertificateRequest(SubjectOf(order), PublicKeyOf(key), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(order.KeyUsage ?? CertificateProfile.KeyUsageOf(order.Kind), critical: true));
        request.CertificateExtensions.Add(CertificateProfile.Policies(order.PolicyOid ?? CertificateProfile.PolicyOf(order.Kind)));
        if (order is { Kind: CertificateKind.Signature, Attributes: { } attributes }) request.CertificateExtensions.Add(CertificateProfile.SubjectAttributes(attributes));
        request.CertificateExtensions.Add(CertificateProfile.IssuerAlternativeName());
        request.CertificateExtensions.Add(CertificateProfile.DistributionPoint(
            CertificateNames.RevocationList(order.Kind, order.Attributes?.Prefecture ?? "", order.Attributes?.Municipality ?? "")));
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([root.OcspAddress], caIssuersUris: []));

        var now = WholeSeconds(clock.GetUtcNow());
        var rootEnds = new DateTimeOffset(root.Certificate.NotAfter);
        var notAfter = order.NotAfter ?? (now.AddYears(4) < rootEnds ? now.AddYears(4) : rootEnds);
        var serial = register.Add(order.Kind, order.Generation, order.Holder);
        using var certificate = root.Sign(request, order.NotBefore ?? Earlier(now, notAfter).AddYears(-1), notAfter, Convert.FromHexString(serial));
        return new IssuedLeaf(order.Kind, WithKey(certificate, key), root);
    }

    /// <summary>From now on the responder answers "revoked". A hold counts too and can be lifted with <see cref="Restore"/>.</summary>
    public void Revoke(string serial, X509RevocationReason reason) => register.Revoke(serial, reason, WholeSeconds(clock.GetUtcNow()));

    /// <summary>Makes a revoked serial good again, so that a test can undo it.</summary>
    public void Restore(string serial) => register.Restore(serial);

    /// <summary>The register's entry, or null when this root never issued that serial (lower-case hex).</summary>
    public IssuedEntry? Find(IssuingRoot root, string serial) => register.Find(root.Kind, root.Generation, serial);

    private static DateTimeOffset WholeSeconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static PublicKey PublicKeyOf(AsymmetricAlgorithm key) => key is ECDsa ec ? new PublicKey(ec) : new PublicKey((RSA)key);

    private static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)key);

    private static X500DistinguishedName SubjectOf(LeafOrder order)
    {
        var opaqueId = "99" + RandomSource.Letters(12, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") + "13221003A";
        if (order.Kind is CertificateKind.Authentication) return CertificateNames.AuthenticationSubject(opaqueId);
        var attributes = order.Attributes ?? throw new ArgumentException("A signature certificate needs the four attributes.", nameof(order));
        return CertificateNames.SignatureSubject(attributes.Prefecture, attributes.Municipality, opaqueId);
    }
}
