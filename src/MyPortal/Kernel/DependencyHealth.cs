using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MyPortal.Kernel;

/// <summary>
/// How calls to another party went lately, learnt from the calls that people caused: whoever asks for the health of the portal causes
/// none. Such a party being away never makes a node unready, because it is away for all nodes alike.
/// </summary>
internal abstract class DependencyHealth(TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private DateTimeOffset? failedAt;

    public bool IsFailing
    {
        get
        {
            lock (gate)
            {
                return failedAt is { } at && (clock.GetUtcNow() - at).Duration() < Memory;
            }
        }
    }

    public void Report(bool hasAnswered)
    {
        lock (gate)
        {
            failedAt = hasAnswered ? null : clock.GetUtcNow();
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsFailing ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());
}
