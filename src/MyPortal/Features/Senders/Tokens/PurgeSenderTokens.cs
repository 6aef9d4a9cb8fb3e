using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>Deletes tokens that are over and used assertions that could not be replayed any more, not even on a clock that jumps.</summary>
internal sealed class PurgeSenderTokens : ITableCleaner
{
    public IReadOnlyList<Type> Tables { get; } = [typeof(SenderToken), typeof(UsedAssertion)];

    public async Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (latest, replayable) = (SenderToken.Life.LatestEnd(now), now - TimeLimits.LongestJump);
        await db.Set<SenderToken>().Where(token => token.ExpiresAt < now).OrderBy(token => token.ExpiresAt).DeleteInBatchesAsync(cancellationToken);

        // Issued before the clock was set back: over, and it stays so when the clock has caught up.
        await db.Set<SenderToken>().Where(token => token.ExpiresAt > latest).OrderBy(token => token.ExpiresAt).DeleteInBatchesAsync(cancellationToken);
        await db.Set<UsedAssertion>().Where(assertion => assertion.ExpiresAt < replayable).OrderBy(assertion => assertion.ExpiresAt).DeleteInBatchesAsync(cancellationToken);
    }
}
