using System.Security.Cryptography;
using System.Text;
using MyPortal.Sealing;

namespace MyPortal.Outbox;

/// <summary>
/// Takes what is due, sends it and keeps how it ended. A party has a few places; one that hangs occupies its own until its attempts time
/// out, and nobody waits for it. The end of a message and what its kind does about it are one transaction, which happens only while this
/// worker still holds the message. Not called on behalf of a citizen.
/// </summary>
internal sealed class DeliverOutbox(OutboxLeases leases, WebhookSender line, OutboxCompletion ends, PortalSeal seal, ILogger<DeliverOutbox> logger)
{
    private readonly OutboxPlaces places = new();

    /// <summary>Attempts that are under way.</summary>
    public IReadOnlyList<Task> UnderWay => places.UnderWay;

    /// <summary>Sends what is due and returns how many messages that were; waits until each has ended.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var begun = await BeginAsync(cancellationToken);
        await Task.WhenAll(begun);
        return begun.Count;
    }

    /// <summary>Begins to send what is due and has a place, and returns the attempts. One caller at a time.</summary>
    public async Task<IReadOnlyList<Task>> BeginAsync(CancellationToken cancellationToken)
    {
        var taken = await leases.TakeAsync(places.Free(), cancellationToken);

        // What was taken is brought to its end even when the process is told to stop: each attempt has a time limit of its own.
        return [.. taken.Select(message => places.Occupy(message.Recipient, DeliverAsync(message, CancellationToken.None)))];
    }

    /// <summary>Gives back what was taken or put off before the clock was set back; otherwise it would wait until the clock has caught up.</summary>
    public Task ReturnFromFutureAsync(CancellationToken cancellationToken) => leases.ReturnFromFutureAsync(cancellationToken);

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
