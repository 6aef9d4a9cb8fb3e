using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>Registers what stands before every page: proxies that are believed, and rate limits.</summary>
internal static class RateLimitServices
{
    private const string Proxies = "Portal:Proxies";

    /// <summary>Reads limits and the list of proxies.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be read; the message names it.</exception>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(RequestRateLimitOptions.From(configuration));
        services.AddSingleton<RequestRateLimits>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<RequestRateLimits, PortalSite>(Limit);
        var networks = NetworksIn(configuration);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // Not host and scheme: they are those of Portal:Origin.
            forwarded.ForwardedHeaders = networks.Count is 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            networks.ForEach(forwarded.KnownIPNetworks.Add);
        });
        return services;
    }

    /// <summary>Goes after authentication and before anything that writes.</summary>
    public static WebApplication UseRateLimits(this WebApplication app)
    {
        app.UseRateLimiter();
        return app;
    }

    private static void Limit(RateLimiterOptions options, RequestRateLimits limits, PortalSite site)
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(limits.Strangers, limits.Sessions.WithTranslatedKey<HttpContext>(http => http.Features.Get<Viewer>()?.Session, leaveOpen: true));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (rejected, _) =>
        {
            var http = rejected.HttpContext;
            RequestRateLimits.WriteRetryAfter(rejected.Lease, http);

            // Whoever is signed in may have typed something worth keeping.
            if (http.Features.Get<Viewer>() is not null && !FormProtection.IsSafe(http.Request.Method) && await IncomingBody.ReadFormAsync(http) is null)
            {
                KeptForm.Keep(http, site);
            }
        };
    }

    private static List<System.Net.IPNetwork> NetworksIn(IConfiguration configuration)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var text in configuration.GetSection(Proxies).Get<string[]>() ?? [])
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (System.Net.IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"{Proxies} holds '{text}'; it must be addresses or networks such as 10.0.0.0/8.");
            }
        }

        return networks;
    }
}
