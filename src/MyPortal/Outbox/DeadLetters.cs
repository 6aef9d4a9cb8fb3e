using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>A message that was given up, as operators see it; nothing of its content.</summary>
internal sealed record DeadLetter(Guid Id, string Kind, Guid Recipient, DateTimeOffset CreatedAt, DateTimeOffset EndedAt, int Attempts, string Outcome);

/// <summary>How the outbox stands.</summary>
/// <param name="Waiting">Messages not yet acknowledged.</param>
/// <param name="OldestWaiting">When the oldest of them was made, UTC; null when none waits.</param>
/// <param name="Dead">Messages given up.</param>
internal sealed record OutboxStatus(int Waiting, DateTimeOffset? OldestWaiting, int Dead);

/// <summary>What operators see of undelivered messages, and the way back for those that were given up. Not called on behalf of a citizen: operators ask.</summary>
internal sealed class DeadLetters(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>No such message, or it is not dead.</summary>
    public static readonly Error NotDead = new("outbox.not-dead", ErrorKind.NotFound);

    public async Task<OutboxStatus> StandingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = db.Set<OutboxMessage>().Where(message => message.State == OutboxState.Waiting);
        return new OutboxStatus(
            await waiting.CountAsync(cancellationToken),
            await waiting.OrderBy(message => message.CreatedAt).Select(message => (DateTimeOffset?)message.CreatedAt).FirstOrDefaultAsync(cancellationToken),
            await db.Set<OutboxMessage>().CountAsync(message => message.State == OutboxState.Dead, cancellationToken));
    }

    /// <summary>The latest dead messages first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutboxMessage>().AsNoTracking()
            .Where(message => message.State == OutboxState.Dead && message.EndedAt != null)
            .OrderByDescending(message => message.EndedAt)
            .Take(limit)
            .Select(message => new DeadLetter(message.Id, message.Kind, message.Recipient, message.CreatedAt, message.EndedAt!.Value, message.Attempts, message.LastOutcome ?? ""))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Puts a dead message back, with patience as if it were new; its identifier stays, so a receiver that has it already knows it.</summary>
    public async Task<Result<Guid>> RetryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var changed = await db.Set<OutboxMessage>().Where(message => message.Id == id && message.State == OutboxState.Dead).ExecuteUpdateAsync(
            set => set
                .SetProperty(message => message.State, OutboxState.Waiting)
                .SetProperty(message => message.DueAt, now)
                .SetProperty(message => message.Attempts, 0)
                .SetProperty(message => message.GivesUpAt, now + RetryPlan.Patience)
                .SetProperty(message => message.EndedAt, (DateTimeOffset?)null),
            cancellationToken);
        return changed is 1 ? id : NotDead;
    }
}
