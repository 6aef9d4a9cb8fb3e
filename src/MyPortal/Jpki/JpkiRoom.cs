using System.Security.Cryptography.X509Certificates;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>The doors of this room.</summary>
internal static class JpkiRoom
{
    /// <summary>Registers the verifier. All faults of the settings are reported together.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="site">Where the portal stands.</param>
    /// <param name="baseFolder">Folder from which relative file names count.</param>
    /// <exception cref="InvalidOperationException">A setting is missing, wrong, or not allowed in this world.</exception>
    public static void AddJpki(this IServiceCollection services, IConfiguration configuration, PortalSite site, string baseFolder)
    {
        var options = configuration.GetSection(JpkiOptions.Section).Get<JpkiOptions>() ?? new JpkiOptions();
        var linkage = configuration.GetSection(CertificateLinkageOptions.Section).Get<CertificateLinkageOptions>() ?? new CertificateLinkageOptions();
        var faults = FaultsIn(options, linkage, site, baseFolder).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        services.AddSingleton(options);
        services.AddSingleton<IssuerCondition>();
        services.AddSingleton(new JpkiTrust([.. options.Roots.Select(root => Pin(root, baseFolder))], options.Policies));
        services.AddSingleton<CertificatePath>();
        services.AddSingleton<CardSignatures>();
        services.AddHttpClient<IRevocationSource, OcspRevocation>().ConfigurePrimaryHttpMessageHandler(NoRedirects);
        services.AddHttpClient<ICertificateLinkage, CertificateLinkage>(http =>
        {
            http.BaseAddress = new Uri(linkage.Address.TrimEnd('/') + '/');
            http.Timeout = TimeSpan.FromSeconds(5);
        }).ConfigurePrimaryHttpMessageHandler(NoRedirects);
    }

    private static SocketsHttpHandler NoRedirects() => new() { AllowAutoRedirect = false, UseProxy = false };

    private static PinnedRoot Pin(RootOptions root, string baseFolder)
    {
        var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.GetFullPath(root.File, baseFolder));
        return new PinnedRoot(certificate, root.Kind, new Uri(root.OcspAddress), CertificateIdentity.KeyHashOf(certificate));
    }

    private static IEnumerable<string> FaultsIn(JpkiOptions options, CertificateLinkageOptions linkage, PortalSite site, string baseFolder)
    {
        var isLive = site.World is World.Live;
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

        foreach (var root in options.Roots)
        {
            if (!File.Exists(Path.GetFullPath(root.File, baseFolder)))
            {
                yield return $"Jpki:Roots names the file '{root.File}', which is not there.";
            }
            else if (isLive && X509CertificateLoader.LoadCertificateFromFile(Path.GetFullPath(root.File, baseFolder)).Subject.Contains("JPKI-TEST", StringComparison.Ordinal))
            {
                yield return $"Jpki:Roots names '{root.File}', a test root, which the live world refuses.";
            }

            if (!IsWebAddress(root.OcspAddress))
            {
                yield return $"Jpki:Roots gives '{root.File}' the OcspAddress '{root.OcspAddress}', which is no address.";
            }
        }

        if (isLive && options.Policies.Any(policy => policy.Carrier is CertificateCarrier.Test))
        {
            yield return "Jpki:Policies allows test cards, which the live world refuses.";
        }

        if (!IsWebAddress(linkage.Address) || (isLive && new Uri(linkage.Address).Scheme is not "https"))
        {
            yield return $"CertificateLinkage:Address is '{linkage.Address}'; it must be an address{(isLive ? " with https" : "")}.";
        }
    }

    // On Linux a mere path is an absolute address too, of the scheme "file".
    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
