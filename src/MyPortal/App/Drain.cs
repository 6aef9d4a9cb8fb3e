using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MyPortal.App;

/// <summary>Section <c>Deployment</c>: what stands in front of this process.</summary>
internal sealed record DeploymentOptions
{
    public const string Section = "Deployment";

    private const int LongestDrain = 300;

    /// <summary>How long the process goes on serving after it was told to stop, in seconds: until the load balancer has seen that it is not ready any more. 0 where none asks.</summary>
    public int DrainSeconds { get; init; }

    /// <exception cref="InvalidOperationException">The setting is out of range.</exception>
    public static DeploymentOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<DeploymentOptions>() ?? new DeploymentOptions();
        return options.DrainSeconds is >= 0 and <= LongestDrain
            ? options
            : throw new InvalidOperationException($"Deployment:DrainSeconds is {options.DrainSeconds}; it must be between 0 and {LongestDrain}.");
    }
}

/// <summary>
/// Stops in an order that a load balancer can follow: first <c>/health/ready</c> answers 503 while everything is still served, after the
/// drain nothing new is taken, and what is being answered is answered to its end.
/// </summary>
internal sealed class Drain(DeploymentOptions options, TimeProvider clock, ILogger<Drain> logger) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool isStopping;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Comes before anything is stopped, the web server included.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        if (options.DrainSeconds > 0)
        {
            logger.LogInformation("Told to stop: not ready any more, serving for another {Seconds} seconds", options.DrainSeconds);
            await Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isStopping ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
