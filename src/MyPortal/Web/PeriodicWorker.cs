namespace MyPortal.Web;

/// <summary>
/// A background task that runs again and again; one failed run is logged and never ends the next ones. It runs for the first time soon
/// after the start: a process that is started anew each night would otherwise never do what is done every six hours.
/// </summary>
internal abstract class PeriodicWorker(TimeSpan period, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>Time for the first visitors of a process that has just started.</summary>
    public static readonly TimeSpan LongestFirstPause = TimeSpan.FromSeconds(30);

    /// <summary>How long after the start the first run comes; never later than the period.</summary>
    public TimeSpan FirstPause { get; } = period < LongestFirstPause ? period : LongestFirstPause;

    protected TimeProvider Clock => clock;

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(FirstPause, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                timer.Period = period;
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what was left waits for the next start.
        }
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            logger.LogError(exception, "{Worker} failed; its next run tries again", GetType().Name);
        }
    }
}
