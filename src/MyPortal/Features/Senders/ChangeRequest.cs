using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>What is proposed.</summary>
internal enum ChangeRequestKind
{
    /// <summary>The facts of a new sender, or other facts of a known one.</summary>
    Facts,

    /// <summary>That a suspended sender may send again.</summary>
    Resume,
}

/// <summary>How far a proposal is. Only what was submitted can be decided.</summary>
internal enum ChangeRequestState
{
    Draft,
    Submitted,
    Returned,
    Approved,
}

/// <summary>
/// What one operator wrote and another one decides. It belongs to its author, who alone changes it; whoever decides is never the author.
/// </summary>
internal sealed class ChangeRequest
{
    private ChangeRequest()
    {
    }

    public Guid Id { get; private set; }

    public SenderId SenderId { get; private set; }

    public ChangeRequestKind Kind { get; private set; }

    public ChangeRequestState State { get; private set; }

    public OperatorId AuthorId { get; private set; }

    /// <summary>Counts changes, so that what is approved is what was read.</summary>
    public int Version { get; private set; }

    /// <summary>Before, after and the reasons, sealed because people wrote them.</summary>
    public byte[] SealedContent { get; private set; } = [];

    public DateTimeOffset ChangedAt { get; private set; }

    public OperatorId? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public static ChangeRequest Begin(Guid id, SenderId sender, ChangeRequestKind kind, OperatorId author, byte[] sealedContent, DateTimeOffset now) =>
        new() { Id = id, SenderId = sender, Kind = kind, AuthorId = author, SealedContent = sealedContent, ChangedAt = now, Version = 1 };

    public bool IsOpen => State is not ChangeRequestState.Approved;

    public bool IsWritable => State is ChangeRequestState.Draft or ChangeRequestState.Returned;

    public void Write(byte[] sealedContent, DateTimeOffset now)
    {
        (SealedContent, ChangedAt) = (sealedContent, now);
        Version++;
    }

    public void Submit(DateTimeOffset now)
    {
        (State, ChangedAt) = (ChangeRequestState.Submitted, now);
        Version++;
    }

    public void Decide(ChangeRequestState state, OperatorId by, byte[] sealedContent, DateTimeOffset now)
    {
        (State, DecidedBy, DecidedAt, SealedContent) = (state, by, now, sealedContent);
        Version++;
    }
}
