using MyPortal.Kernel;

namespace MyPortal.App;

/// <summary>
/// Answers only what is addressed to the host of <c>Portal:Origin</c>: a page that thinks it has another name would bind cookies,
/// links and signatures to it. Health checks answer under any name, because load balancers ask by address; their answer is one word.
/// </summary>
internal sealed class HostRule(RequestDelegate next, PortalSite site)
{
    private readonly string[] hosts = [.. HostsOf(site.Origin)];

    public Task InvokeAsync(HttpContext context)
    {
        // Whether TLS ends here or at a proxy: browsers know the portal under one scheme.
        context.Request.Scheme = site.Origin.Scheme;
        // The header as it arrived: the framework writes Japanese names in their own letters.
        if (IsOurs(context.Request.Headers.Host) || context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        // Not a page of ours, because it is not our address.
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private bool IsOurs(string? host)
    {
        foreach (var known in hosts)
        {
            if (string.Equals(host, known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // A browser leaves out the usual port; programs may name it.
    private static IEnumerable<string> HostsOf(Uri origin)
    {
        var name = origin.HostNameType is UriHostNameType.IPv6 ? origin.Host : origin.IdnHost;
        yield return FormattableString.Invariant($"{name}:{origin.Port}");
        if (origin.IsDefaultPort)
        {
            yield return name;
        }
    }
}
