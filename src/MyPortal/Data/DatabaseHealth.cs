using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MyPortal.Data;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<PortalDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (DatabaseFailure.Of(exception) is not null)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}

/// <summary>
/// Whether the tables are those of this program. Newer ones only degrade: while a new version is brought in, the old one serves on and
/// must not be taken out everywhere at once.
/// </summary>
internal sealed class SchemaHealth(IDbContextFactory<PortalDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            return await DatabaseSchema.StandingAsync(db, cancellationToken) switch
            {
                SchemaStatus.Current => HealthCheckResult.Healthy(),
                SchemaStatus.Newer => HealthCheckResult.Degraded(),
                _ => HealthCheckResult.Unhealthy(),
            };
        }
        catch (Exception exception) when (DatabaseFailure.Of(exception) is not null)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
