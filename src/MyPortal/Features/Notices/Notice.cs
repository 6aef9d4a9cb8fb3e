using MyPortal.Kernel;

namespace MyPortal.Features.Notices;

/// <summary>
/// A notice in a mailbox. Everything it says is sealed under the owner's key: the head (what lists show) apart from the body, so that
/// a list opens little.
/// </summary>
internal sealed class Notice
{
    private Notice()
    {
    }

    public NoticeId Id { get; private set; }

    public CitizenId Owner { get; private set; }

    public SenderId SenderId { get; private set; }

    public SenderServiceId ServiceId { get; private set; }

    /// <summary>Place in the mailbox, counted up without gaps in the order of delivery; lists page by it.</summary>
    public long Position { get; private set; }

    public int ContentVersion { get; private set; }

    public DateTimeOffset AcceptedAt { get; private set; }

    public DateTimeOffset DeliveredAt { get; private set; }

    public bool IsUnread { get; private set; }

    /// <summary>When the owner opened it first; evidence, so it never changes again.</summary>
    public DateTimeOffset? FirstOpenedAt { get; private set; }

    /// <summary>
    /// Whether it names a day by which something must be done, and the owner has not said that it is done. The day itself is sealed.
    /// Null until somebody looked: notices that were delivered before this was kept.
    /// </summary>
    public bool? IsOpenToDo { get; private set; }

    /// <summary>When the owner said that it is done; null while it is not.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    public byte[] SealedHead { get; private set; } = [];

    public byte[] SealedBody { get; private set; } = [];

    public static Notice Deliver(NoticeAddress address, long position, DateTimeOffset now, SealedContents contents) => new()
    {
        Id = address.Id,
        Owner = address.Owner,
        SenderId = address.Sender,
        ServiceId = address.Service,
        ContentVersion = address.ContentVersion,
        Position = position,
        AcceptedAt = now,
        DeliveredAt = now,
        IsUnread = true,
        IsOpenToDo = contents.HasDueDay,
        SealedHead = contents.Head,
        SealedBody = contents.Body,
    };

    public NoticeAddress Address => new(Id, Owner, SenderId, ServiceId, ContentVersion);
}

/// <summary>The plain values a notice's sealed content is bound to; none of them can be exchanged without the content becoming unreadable.</summary>
internal sealed record NoticeAddress(NoticeId Id, CitizenId Owner, SenderId Sender, SenderServiceId Service, int ContentVersion)
{
    public const int FirstVersion = 1;
}

/// <summary>What a notice says, sealed for its place.</summary>
/// <param name="Head">What lists show.</param>
/// <param name="Body">What only its page shows.</param>
/// <param name="HasDueDay">Whether the head names a day.</param>
internal sealed record SealedContents(byte[] Head, byte[] Body, bool HasDueDay);

/// <summary>Counters of one mailbox, so that no page ever counts rows.</summary>
internal sealed class Mailbox
{
    private Mailbox()
    {
    }

    public CitizenId Owner { get; private set; }

    public long LastPosition { get; private set; }

    public int Unread { get; private set; }

    /// <summary>Whether each of its notices is known to be a to-do or none. False for mailboxes from before this was kept, until they were looked through.</summary>
    public bool ToDosMarked { get; private set; }

    public static Mailbox Open(CitizenId owner) => new() { Owner = owner, ToDosMarked = true };
}

/// <summary>Remembers a sender's idempotency key, so that a repeated post never becomes a second notice.</summary>
internal sealed class AcceptedPost
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(274);

    private AcceptedPost()
    {
    }

    /// <summary>SHA-256 of sender and key.</summary>
    public byte[] KeyHash { get; private set; } = [];

    /// <summary>SHA-256 of the request body's bytes.</summary>
    public byte[] BodyHash { get; private set; } = [];

    public NoticeId NoticeId { get; private set; }

    public DateTimeOffset AcceptedAt { get; private set; }

    public static AcceptedPost Of(byte[] keyHash, byte[] bodyHash, NoticeId notice, DateTimeOffset now) =>
        new() { KeyHash = keyHash, BodyHash = bodyHash, NoticeId = notice, AcceptedAt = now };
}
