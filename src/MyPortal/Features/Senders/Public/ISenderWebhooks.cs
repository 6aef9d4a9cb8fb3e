using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>A sender's webhook as operators see it.</summary>
/// <param name="Address">Where events are posted.</param>
/// <param name="RegisteredAt">Since when, UTC.</param>
/// <param name="StoppedAt">When the receiver said that it wants no more (HTTP 410), UTC; null while events are posted.</param>
internal sealed record SenderWebhookCard(Uri Address, DateTimeOffset RegisteredAt, DateTimeOffset? StoppedAt);

/// <summary>Where senders are told what happened to their notices: at most one address each.</summary>
internal interface ISenderWebhooks
{
    /// <summary>Registers or replaces the address of a sender; a stopped one runs again. Not called on behalf of a citizen: whoever administers the sender asks.</summary>
    /// <returns>The address as it is kept and signed, its host in A-labels, or the refusal <c>webhook.address-refused</c>.</returns>
    Task<Result<Uri>> RegisterAsync(SenderId sender, string address, CancellationToken cancellationToken);

    /// <summary>Forgets the address; nothing happens where there is none.</summary>
    Task RemoveAsync(SenderId sender, CancellationToken cancellationToken);

    /// <summary>The webhook of a sender, or null.</summary>
    Task<SenderWebhookCard?> FindAsync(SenderId sender, CancellationToken cancellationToken);

    /// <summary>Where a message to this sender goes now; null when nothing is registered or the receiver wants no more.</summary>
    Task<Uri?> LiveAddressAsync(PortalDbContext db, SenderId sender, CancellationToken cancellationToken);

    /// <summary>Adds an event to the caller's unit of work; nothing happens when the sender has no live webhook.</summary>
    /// <param name="db">The caller's unit of work.</param>
    /// <param name="sender">Who is told.</param>
    /// <param name="write">Writes the body for the identifier of the event.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    Task QueueEventAsync(PortalDbContext db, SenderId sender, Func<Guid, byte[]> write, CancellationToken cancellationToken);
}
