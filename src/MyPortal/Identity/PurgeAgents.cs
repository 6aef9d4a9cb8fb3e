using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Identity;

/// <summary>Deletes card agent programs that nobody came with for long. One that comes back is a stranger for a day, like any new one.</summary>
internal sealed class PurgeAgents : ITableCleaner
{
    /// <summary>How long after it was seen last.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    public IReadOnlyList<Type> Tables { get; } = [typeof(KnownAgent)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Rows older than the column: their time begins now.
        while (await db.Set<KnownAgent>().Where(agent => agent.LastSeenAt == null).OrderBy(agent => agent.LastSeenAt).Take(Batches.Size)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.LastSeenAt, now), cancellationToken) is Batches.Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        // A batch ends at an instant, because the key has two columns.
        var limit = now - KeptFor;
        for (DateTimeOffset? last = now; last is not null;)
        {
            var due = db.Set<KnownAgent>().Where(agent => agent.LastSeenAt < limit);
            last = await due.OrderBy(agent => agent.LastSeenAt).Skip(Batches.Size - 1).Select(agent => agent.LastSeenAt).FirstOrDefaultAsync(cancellationToken);
            var until = last ?? limit;
            await due.Where(agent => agent.LastSeenAt <= until).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
