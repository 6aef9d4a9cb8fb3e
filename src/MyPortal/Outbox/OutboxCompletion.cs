using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>Keeps how an attempt ended: acknowledged, to be tried again, or dead. Nothing changes once another worker holds the message.</summary>
internal sealed class OutboxCompletion(IDbContextFactory<PortalDbContext> databases, IEnumerable<IOutboxMessageHandler> kinds, RandomSource random, TimeProvider clock, ILogger<OutboxCompletion> logger)
{
    private readonly Dictionary<string, IOutboxMessageHandler> kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Keeps the outcome of an attempt on a message that this worker took.</summary>
    public async Task KeepAsync(OutboxMessage message, SendOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            if (outcome.IsAcknowledged)
            {
                await EndAsync(message, OutboxState.Delivered, outcome, cancellationToken);
                return;
            }

            if (outcome.IsFinal || clock.Now() >= message.GivesUpAt)
            {
                logger.LogWarning("Outbox message {MessageId} of kind {Kind} is given up after {Attempts} attempts: {Outcome}", message.Id, message.Kind, message.Attempts, outcome.Word);
                await EndAsync(message, OutboxState.Dead, outcome, cancellationToken);
                return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The end of outbox message {MessageId} of kind {Kind} could not be kept", message.Id, message.Kind);
            await PostponeAsync(message, "end-not-kept", cancellationToken);
            return;
        }

        await PostponeAsync(message, outcome.Word, cancellationToken);
        await SpareRecipientAsync(message, cancellationToken);
    }

    private async Task EndAsync(OutboxMessage message, OutboxState state, SendOutcome outcome, CancellationToken cancellationToken)
    {
        var kind = kinds.GetValueOrDefault(message.Kind) ?? throw new InvalidOperationException($"No feature contributes the outbox kind '{message.Kind}'.");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var isDelivered = state is OutboxState.Delivered;
        if (!await ChangeAsync(db, message, Change, cancellationToken))
        {
            return;
        }

        var ended = new EndedMessage(message.Id, message.Recipient, message.CreatedAt, message.Attempts);
        await (isDelivered ? kind.AcknowledgedAsync(db, ended, cancellationToken) : kind.DeadAsync(db, ended, outcome.Word, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);

        void Change(UpdateSettersBuilder<OutboxMessage> set)
        {
            set.SetProperty(found => found.State, state)
                .SetProperty(found => found.LastOutcome, outcome.Word)
                .SetProperty(found => found.EndedAt, clock.Now());
            if (isDelivered)
            {
                set.SetProperty(found => found.SealedAddress, Array.Empty<byte>()).SetProperty(found => found.SealedBody, Array.Empty<byte>());
            }
        }
    }

    private async Task PostponeAsync(OutboxMessage message, string outcome, CancellationToken cancellationToken)
    {
        // The last attempt falls on the end of the patience, not somewhere behind it.
        var now = clock.Now();
        var next = now + RetryPlan.PauseAfter(message.Attempts, random);
        var due = next > message.GivesUpAt && now < message.GivesUpAt ? message.GivesUpAt : next;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await ChangeAsync(db, message, set => set.SetProperty(found => found.DueAt, due).SetProperty(found => found.LastOutcome, outcome), cancellationToken);
    }

    // A party that does not answer is left alone for a while: its other messages would only keep the worker from those of the others.
    private async Task SpareRecipientAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var later = now + RetryPlan.ShortestPause;
        await db.Set<OutboxMessage>()
            .Where(other => other.Recipient == message.Recipient && other.State == OutboxState.Waiting && other.DueAt < later && (other.LeasedUntil == null || other.LeasedUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(other => other.DueAt, later).SetProperty(other => other.LeasedUntil, now), cancellationToken);
    }

    private async Task<bool> ChangeAsync(PortalDbContext db, OutboxMessage message, Action<UpdateSettersBuilder<OutboxMessage>> change, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return await db.Set<OutboxMessage>()
            .Where(found => found.Id == message.Id && found.Lease == message.Lease && found.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(
                set =>
                {
                    change(set);
                    set.SetProperty(found => found.Lease, (Guid?)null).SetProperty(found => found.LeasedUntil, now);
                },
                cancellationToken) is 1;
    }
}
