using System.Security.Cryptography.X509Certificates;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>Registers the services and routes of this room.</summary>
internal static class JpkiRoom
{
    private const int LongestLinkageAnswer = 64 * 1024;

    /// <summary>Registers the verifier. All faults of the settings are reported together.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="site">Where the portal stands.</param>
    /// <param name="baseFolder">Folder from which relative file names count.</param>
    /// <param name="clock">Decides which roots are valid; null for the machine's own.</param>
    /// <exception cref="InvalidOperationException">A setting is missing, wrong, or not allowed in this mode.</exception>
    public static void AddJpki(this IServiceCollection services, IConfiguration configuration, PortalSite site, string baseFolder, TimeProvider? clock = null)
    {
        var options = configuration.GetSection(JpkiOptions.Section).Get<JpkiOptions>() ?? new JpkiOptions();
        var linkage = configuration.GetSection(CertificateLinkageOptions.Section).Get<CertificateLinkageOptions>() ?? new CertificateLinkageOptions();
        var faults = FaultsIn(options, linkage, site, baseFolder, (clock ?? TimeProvider.System).GetUtcNow()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        services.AddSingleton(options);
        services.AddSingleton<IssuerHealth>();
        services.AddSingleton(new JpkiTrust([.. options.Roots.Select(root => Pin(root, baseFolder))], options.Policies));
        services.AddSingleton<CertificatePath>();
        services.AddSingleton<CardSignatures>();
        services.AddHttpClient<IRevocationSource, OcspRevocation>().ConfigurePrimaryHttpMessageHandler(NoRedirects);
        services.AddHttpClient<ICertificateLinkage, CertificateLinkage>(http =>
        {
            http.BaseAddress = new Uri(linkage.Address.TrimEnd('/') + '/');
            http.Timeout = TimeSpan.FromSeconds(5);
            http.MaxResponseContentBufferSize = LongestLinkageAnswer;
        }).ConfigurePrimaryHttpMessageHandler(NoRedirects);
    }

    private static SocketsHttpHandler NoRedirects() => new() { AllowAutoRedirect = false, UseProxy = false };

    private static PinnedRoot Pin(RootOptions root, string baseFolder)
    {
        var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.GetFullPath(root.File, baseFolder));
        return new PinnedRoot(certificate, root.Kind, new Uri(root.OcspAddress), CertificateIdentity.KeyHashOf(certificate));
    }

    private static IEnumerable<string> FaultsIn(JpkiOptions options, CertificateLinkageOptions linkage, PortalSite site, string baseFolder, DateTimeOffset now)
    {
        var isLive = site.Mode is DeploymentMode.Live;
        foreach (var kind in Enum.GetValues<Contracts.CardAgent.CertificateKind>())
        {
            if (!options.Roots.Any(root => root.Kind == kind))
            {
                yield return $"Jpki:Roots has no root of kind {kind}.";
            }

            if (!options.Policies.Any(policy => policy.Kind == kind))
            {
                yield return $"Jpki:Policies has no policy of kind {kind}.";
            }
        }

        foreach (var fault in RootCheck.FaultsIn(options.Roots, isLive, baseFolder, now).Concat(FaultsIn(options.Policies, isLive)))
        {
            yield return fault;
        }

        if (!IsWebAddress(linkage.Address) || (isLive && new Uri(linkage.Address).Scheme is not "https"))
        {
            yield return $"CertificateLinkage:Address is '{linkage.Address}'; it must be an address{(isLive ? " with https" : "")}.";
        }
    }

    private static IEnumerable<string> FaultsIn(IReadOnlyList<PolicyOptions> policies, bool isLive)
    {
        foreach (var policy in policies.Where(policy => isLive && (policy.Carrier is CertificateCarrier.Test || RootCheck.IsTestPolicy(policy.Oid))))
        {
            yield return $"Jpki:Policies allows '{policy.Oid}', a policy of test cards, which live mode refuses.";
        }

        foreach (var twice in policies.GroupBy(policy => policy.Oid, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"Jpki:Policies names '{twice.Key}' twice.";
        }
    }

    // On Linux a mere path is an absolute address too, of the scheme "file".
    internal static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
