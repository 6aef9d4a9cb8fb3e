using MyPortal.Certificates;

namespace MyPortal.Hub;

/// <summary>The doors of this room.</summary>
internal static class HubRoom
{
    /// <summary>Registers the client of the linkage hub.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="baseFolder">Folder from which relative file names count.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong.</exception>
    public static void AddHub(this IServiceCollection services, IConfiguration configuration, string baseFolder)
    {
        var section = configuration.GetSection(HubOptions.Section);
        var options = section.Get<HubOptions>() ?? new HubOptions();
        var faults = options.Faults().ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        services.AddSingleton(options);
        services.AddSingleton(provider => new OrganisationKeys(section.Get<OrganisationKeyFiles>() ?? new OrganisationKeyFiles(), baseFolder, provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient<HubClient>(http =>
        {
            http.BaseAddress = new Uri(options.Address);
            http.Timeout = options.Deadline + TimeSpan.FromSeconds(2);
        }).ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = provider.GetRequiredService<OrganisationKeys>().TlsTowards(options.Id),
        }).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<HubDirectory>();
        services.AddSingleton<AskHolder>();
        services.AddSingleton<OwnCode>();
    }
}
