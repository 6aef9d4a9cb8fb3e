using MyPortal.Certificates;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>Registers the services and routes of this room.</summary>
internal static class HubRoom
{
    /// <summary>Registers the client of the linkage hub. All faults of the settings are reported together.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="site">Where the portal stands.</param>
    /// <param name="baseFolder">Folder from which relative file names count.</param>
    /// <exception cref="InvalidOperationException">A setting or a key file is missing or wrong.</exception>
    public static void AddHub(this IServiceCollection services, IConfiguration configuration, PortalSite site, string baseFolder)
    {
        var section = configuration.GetSection(HubOptions.Section);
        var options = section.Get<HubOptions>() ?? new HubOptions();
        var files = section.Get<OrganisationKeyFiles>() ?? new OrganisationKeyFiles();
        var faults = options.Faults().Concat(files.Faults(baseFolder, options.Self, site.Mode is DeploymentMode.Live)).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        services.AddSingleton(options);
        services.AddSingleton<HubHealth>();
        services.AddSingleton(provider => new OrganisationKeys(files, baseFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient<HubClient>(http =>
        {
            http.BaseAddress = new Uri(options.Address);
            http.Timeout = options.Deadline;
        }).ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = provider.GetRequiredService<OrganisationKeys>().TlsTowards(options.Id),
        }).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<HubDirectory>();
        services.AddSingleton<HubRecords>();
        services.AddSingleton<AnswerCheck>();
        services.AddSingleton<QueryHolder>();
        services.AddSingleton<PairwiseIdentifier>();
    }
}
