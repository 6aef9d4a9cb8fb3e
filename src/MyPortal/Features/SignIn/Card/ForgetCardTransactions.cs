using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Deletes card transactions an hour after they expired; what happened in them stays in the access records.</summary>
internal sealed class ForgetCardTransactions(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetCardTransactions> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var limit = Clock.Now() - KeptFor;
        await db.Set<CardTransaction>().Where(transaction => transaction.ExpiresAt < limit).ExecuteDeleteAsync(cancellationToken);
    }
}
