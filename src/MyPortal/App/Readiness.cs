using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyPortal.Data;
using MyPortal.Hub;
using MyPortal.Jpki.Revocation;
using MyPortal.Sealing;

namespace MyPortal.App;

/// <summary>
/// <c>/health/ready</c>: whether a load balancer should send people to this process. Database, tables, keys and a stop decide; hub and
/// issuer are only told, because they are away for all processes alike and most pages do without them.
/// </summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    public static void AddReadiness(this IServiceCollection services, IConfiguration configuration)
    {
        var deployment = DeploymentOptions.From(configuration);
        services.AddSingleton(deployment);
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(deployment.DrainSeconds) + LongestAnswer);
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", timeout: Patience)
            .AddCheck<SchemaHealth>("schema", timeout: Patience)
            .AddCheck<KeysHealth>("keys", timeout: Patience)
            .AddCheck<HubHealth>("hub")
            .AddCheck<IssuerHealth>("issuer")
            .AddCheck<Drain>("stopping");
    }

    public static void MapReadiness(this IEndpointRouteBuilder routes) => routes.MapHealthChecks("/health/ready", new HealthCheckOptions
    {
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status is HealthStatus.Unhealthy ? "not-ready" : report.Status is HealthStatus.Degraded ? "degraded" : "ready",
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => WordFor(entry.Value.Status), StringComparer.Ordinal),
        }),
    });

    private static string WordFor(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        _ => "failing",
    };
}
