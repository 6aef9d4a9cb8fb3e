using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Deletes card transactions an hour after they expired; what happened in them stays in the access records.</summary>
internal sealed class ForgetCardTransactions(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetCardTransactions> logger) : BackgroundService
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var limit = clock.Now() - KeptFor;
        return await db.Set<CardTransaction>().Where(transaction => transaction.ExpiresAt < limit).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ForgetAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.LogError(exception, "Old card transactions could not be deleted; the next round tries again");
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }
}
