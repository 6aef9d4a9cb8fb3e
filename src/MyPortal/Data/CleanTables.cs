using Microsoft.EntityFrameworkCore;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Data;

/// <summary>Lets every cleaner run. One that fails keeps none of the others from it.</summary>
internal sealed class CleanTables(IDbContextFactory<PortalDbContext> databases, IEnumerable<ITableCleaner> cleaners, TimeProvider clock, ILogger<CleanTables> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    /// <summary>Deletes what is due now.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var cleaner in cleaners)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                await cleaner.CleanAsync(db, Clock.Now(), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "{Cleaner} failed; its next run tries again", cleaner.GetType().Name);
            }
        }
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => CleanAsync(cancellationToken);
}
