using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyPortal.Data;

namespace MyPortal.Sealing;

/// <summary>Whether the key files are still there and those of the database: a folder can be unmounted under a running portal.</summary>
internal sealed class KeysHealth(CheckKeys keys) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await keys.FindForeignAsync(cancellationToken) is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || DatabaseFailure.Of(exception) is not null)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
