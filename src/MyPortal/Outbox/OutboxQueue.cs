using System.Text;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Outbox;

/// <summary>A message that another party must get.</summary>
/// <param name="Kind">Name of the <see cref="IOutboxMessageHandler"/> that is told of the end.</param>
/// <param name="Recipient">Identifier of the party.</param>
/// <param name="Address">A registered address, see <see cref="OutboundAddress"/>.</param>
/// <param name="Body">The exact bytes to post, JSON, at most <see cref="OutboxQueue.LongestBody"/>.</param>
internal sealed record OutboxOrder(string Kind, Guid Recipient, Uri Address, byte[] Body)
{
    /// <summary>Identifier under which the receiver knows a repetition; made when the caller has none of its own.</summary>
    public Guid? MessageId { get; init; }
}

/// <summary>
/// Takes messages to other parties. They are kept with the caller's save: act and message happen together or not at all, and what was
/// kept is delivered at least once, whatever dies in between.
/// </summary>
internal sealed class OutboxQueue(PortalSeal seal, TimeProvider clock)
{
    /// <summary>Bytes of the longest body.</summary>
    public const int LongestBody = 256 * 1024;

    /// <summary>Adds a message to the caller's unit of work and returns its identifier.</summary>
    /// <exception cref="ArgumentException">The body is too long, or the kind has no name.</exception>
    public Guid Add(PortalDbContext db, OutboxOrder order)
    {
        ArgumentException.ThrowIfNullOrEmpty(order.Kind, nameof(order));
        if (order.Body.Length > LongestBody)
        {
            throw new ArgumentException($"The body has {order.Body.Length} bytes, more than {LongestBody}.", nameof(order));
        }

        var now = clock.Now();
        var id = order.MessageId ?? Guid.CreateVersion7(now);
        db.Add(OutboxMessage.Of(
            id,
            order.Kind,
            order.Recipient,
            seal.Seal(Encoding.UTF8.GetBytes(order.Address.AbsoluteUri), PlaceOf("Address", id, order.Kind, order.Recipient)),
            seal.Seal(order.Body, PlaceOf("Body", id, order.Kind, order.Recipient)),
            now));
        return id;
    }

    internal static AssociatedData PlaceOf(string column, Guid id, string kind, Guid recipient) =>
        new("OutboxMessages", column, id.ToString("D"), kind, recipient.ToString("D"));
}
