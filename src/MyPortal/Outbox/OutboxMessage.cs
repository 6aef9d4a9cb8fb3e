using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Outbox;

/// <summary>Where a message stands. It leaves <see cref="Waiting"/> once and only an operator brings it back from <see cref="Dead"/>.</summary>
internal enum OutboxState
{
    /// <summary>Not yet acknowledged; tried when due.</summary>
    Waiting,

    /// <summary>The receiver acknowledged it.</summary>
    Delivered,

    /// <summary>Given up: the receiver is gone or did not acknowledge in time. Kept until somebody looks.</summary>
    Dead,
}

/// <summary>
/// A message to another party, written in the transaction of the act it tells of. Body and address are sealed, and erased as soon as
/// the receiver has acknowledged.
/// </summary>
internal sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    /// <summary>The same at every attempt: the receiver knows a repetition by it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which <see cref="IOutboxMessageHandler"/> is told of the end.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Identifier of the party; failures of one party never hold up another's messages.</summary>
    public Guid Recipient { get; private set; }

    public OutboxState State { get; private set; }

    public byte[] SealedAddress { get; private set; } = [];

    public byte[] SealedBody { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>A failure after this instant is the last one.</summary>
    public DateTimeOffset GivesUpAt { get; private set; }

    /// <summary>Attempts that were begun, the one under way included.</summary>
    public int Attempts { get; private set; }

    /// <summary>The taking that holds the message; a new value at each taking, so that a late holder cannot end what another one holds.</summary>
    public Guid? Lease { get; private set; }

    /// <summary>End of the holding; of a message that nobody holds, when it was put off last: then the clock was not before.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>How the latest attempt ended: <c>http-503</c>, <c>timeout</c> and the like.</summary>
    public string? LastOutcome { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static OutboxMessage Of(Guid id, string kind, Guid recipient, byte[] sealedAddress, byte[] sealedBody, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = kind,
        Recipient = recipient,
        State = OutboxState.Waiting,
        SealedAddress = sealedAddress,
        SealedBody = sealedBody,
        CreatedAt = now,
        DueAt = now,
        GivesUpAt = now + RetryPlan.Patience,
    };
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("OutboxMessages");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Kind).HasMaxLength(60);
        builder.Property(message => message.LastOutcome).HasMaxLength(40);

        // Workers look for what is due, failures postpone one party, the forgetting looks for what ended long ago.
        builder.HasIndex(message => new { message.State, message.DueAt });
        builder.HasIndex(message => new { message.Recipient, message.State });
        builder.HasIndex(message => new { message.State, message.EndedAt });
    }
}
