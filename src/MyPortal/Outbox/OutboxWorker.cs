using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Outbox;

/// <summary>Looks once a second for messages to send, and whenever an attempt has ended.</summary>
internal sealed class OutboxWorker(DeliverOutbox deliver, TimeProvider clock, ILogger<OutboxWorker> logger) : PeriodicWorker(LookEvery, clock, logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // At the start nobody knows what the clock did since the last one.
    private DateTimeOffset latest = DateTimeOffset.MaxValue;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(deliver.UnderWay).WaitAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var begun = await BeginAsync(cancellationToken); begun > 0 || deliver.UnderWay.Count > 0; begun = await BeginAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (begun is 0)
            {
                await Task.WhenAny([.. deliver.UnderWay, Task.Delay(LookEvery, Clock, cancellationToken)]);
            }
        }
    }

    private async Task<int> BeginAsync(CancellationToken cancellationToken)
    {
        var now = Clock.Now();
        if (now < latest)
        {
            await deliver.ReturnFromFutureAsync(cancellationToken);
        }

        latest = now;
        return (await deliver.BeginAsync(cancellationToken)).Count;
    }
}
