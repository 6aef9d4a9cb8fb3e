using MyPortal.Data;

namespace MyPortal.Outbox;

/// <summary>A message whose delivery has ended, as its kind is told.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Recipient">The party.</param>
/// <param name="CreatedAt">When the act happened that it told of, UTC.</param>
/// <param name="Attempts">How often it was sent.</param>
internal sealed record EndedMessage(Guid Id, Guid Recipient, DateTimeOffset CreatedAt, int Attempts);

/// <summary>
/// A kind of message, contributed by the feature that sends it: what to do once its delivery has ended. Both methods write into the
/// transaction of the state change and are called once for each end that was kept; what they add to the context is saved for them.
/// </summary>
internal interface IOutboxMessageHandler
{
    /// <summary>At most 60 characters; stored with each message, so it must not change.</summary>
    string Name { get; }

    /// <summary>The receiver has acknowledged.</summary>
    Task AcknowledgedAsync(PortalDbContext db, EndedMessage message, CancellationToken cancellationToken);

    /// <summary>The message was given up; <paramref name="outcome"/> says how the last attempt ended, <see cref="SendOutcome.Gone"/> that the receiver wants no more.</summary>
    Task DeadAsync(PortalDbContext db, EndedMessage message, string outcome, CancellationToken cancellationToken);
}
