using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Web;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>
/// Looks through notices that were delivered before to-dos were marked, in small batches: each is a unit of its own, so a stop at any
/// moment loses nothing and the next run goes on. Several processes may do it at once. Not called on behalf of a citizen: nobody sees a word.
/// </summary>
internal sealed class MarkToDos(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, TimeProvider clock, ILogger<MarkToDos> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(5), clock, logger)
{
    public const int Batch = 200;
    private const int MostSkipped = 100;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        // Mailboxes whose key cannot be opened stay as they are, and those behind them do not wait.
        var skipped = new List<CitizenId>();
        while (skipped.Count < MostSkipped && await MarkBatchAsync(skipped, cancellationToken))
        {
        }
    }

    /// <summary>Looks through one batch; false when there is nothing left.</summary>
    internal async Task<bool> MarkBatchAsync(List<CitizenId> skipped, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var not = false;
        var found = await db.Set<Mailbox>().AsNoTracking().FirstOrDefaultAsync(mailbox => mailbox.ToDosMarked == not && !skipped.Contains(mailbox.Owner), cancellationToken);
        if (found is not { Owner: var owner })
        {
            return false;
        }

        var unknown = db.Set<Notice>().Where(notice => notice.Owner == owner && notice.IsOpenToDo == null);
        var heads = await unknown.AsNoTracking().OrderBy(notice => notice.Position).Take(Batch).Heads().ToListAsync(cancellationToken);
        if (heads.Count is 0)
        {
            await db.Set<Mailbox>().Where(mailbox => mailbox.Owner == owner).ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.ToDosMarked, true), cancellationToken);
            return true;
        }

        if (await DueAmongAsync(db, owner, heads, cancellationToken) is not { } due)
        {
            skipped.Add(owner);
            return true;
        }

        // What its owner ticked off meanwhile is known by now, and stays as it is.
        var last = heads[^1].Position;
        await unknown.Where(notice => due.Contains(notice.Id)).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.IsOpenToDo, true), cancellationToken);
        await unknown.Where(notice => notice.Position <= last).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.IsOpenToDo, false), cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<NoticeId>?> DueAmongAsync(PortalDbContext db, CitizenId owner, IReadOnlyList<StoredHead> heads, CancellationToken cancellationToken)
    {
        try
        {
            using var key = await keys.OpenAsync(db, owner, cancellationToken);
            return [.. heads.Where(head => NoticeHead.TryOpenWith(key, head)?.DueOn is not null).Select(head => head.Id)];
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            logger.LogError(exception, "The notices of a mailbox cannot be opened: citizen {CitizenId}", owner);
            return null;
        }
    }
}
