using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Outbox;

/// <summary>
/// One round of delivery: takes what is due, sends it and keeps how it ended. The end of a message and what its kind does about it are
/// one transaction, which happens only while this worker still holds the message. Works for no viewer.
/// </summary>
internal sealed class DeliverOutbox(OutboxLeases leases, OutboxLine line, OutboxEnds ends, PortalSeal seal, ILogger<DeliverOutbox> logger)
{
    /// <summary>Sends what is due and returns how many messages that were.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var taken = await leases.TakeAsync(cancellationToken);

        // What was taken is brought to its end even when the process is told to stop: each attempt has a time limit of its own.
        await Task.WhenAll(taken.Select(message => DeliverAsync(message, CancellationToken.None)));
        return taken.Count;
    }

    private async Task DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await SendAsync(message, cancellationToken);
            await ends.KeepAsync(message, outcome, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "Outbox message {MessageId} of kind {Kind} could not be brought to an end; it is tried again", message.Id, message.Kind);
        }
    }

    private async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        Uri address;
        byte[] body;
        try
        {
            address = new Uri(Encoding.UTF8.GetString(seal.Open(message.SealedAddress, OutboxQueue.PlaceOf("Address", message.Id, message.Kind, message.Recipient))));
            body = seal.Open(message.SealedBody, OutboxQueue.PlaceOf("Body", message.Id, message.Kind, message.Recipient));
        }
        catch (CryptographicException)
        {
            // Changed in the database, or sealed under a key this node does not have: another node or a restored key may still send it.
            logger.LogError("Outbox message {MessageId} cannot be opened", message.Id);
            return new SendOutcome("unreadable");
        }

        return await line.SendAsync(message.Id, address, body, cancellationToken);
    }
}

/// <summary>Looks once a second for messages to send.</summary>
internal sealed class OutboxWorker(DeliverOutbox deliver, TimeProvider clock, ILogger<OutboxWorker> logger) : PeriodicWorker(TimeSpan.FromSeconds(1), clock, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await deliver.ExecuteAsync(cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>Deletes messages a week after they were acknowledged. The dead ones stay until an operator decides.</summary>
internal sealed class ForgetDelivered(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetDelivered> logger)
    : PeriodicWorker(TimeSpan.FromHours(1), clock, logger)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var limit = Clock.Now() - KeptFor;
        await db.Set<OutboxMessage>().Where(message => message.State == OutboxState.Delivered && message.EndedAt < limit).ExecuteDeleteAsync(cancellationToken);
    }
}
