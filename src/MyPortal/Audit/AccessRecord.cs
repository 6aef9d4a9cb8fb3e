using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>What happened.</summary>
internal enum AccessEvent
{
    LoginStarted,
    LoginRefused,
    LoggedIn,
    LoggedOut,
    Enrolled,
    SessionEnded,
    InboxListed,
    NoticeOpened,
    AccountChanged,
    SenderTokenIssued,
    SenderRefused,
    NoticeAccepted,
    NoticeStatusRead,

    /// <summary>Recipient codes handed out by a command that is gone. Records stay, so the word does, too.</summary>
    SandboxGranted,
    SenderWebhookChanged,
    SenderEventDead,
    OpeningTold,
    AppointmentMade,
    AppointmentApproved,
    OperatorAppointed,
    OperatorSignedIn,
    OperatorEnded,
    SenderDrafted,
    SenderSubmitted,
    SenderApproved,
    SenderReturned,
    SenderSuspended,
    SenderResumed,
    SenderKeyAdded,
    SenderKeyRevoked,
    RecordsListed,
    ChainChecked,
    ConsoleRefused,

    /// <summary>A card transaction began in a running session: to confirm it or to sign a text.</summary>
    CardAsked,

    /// <summary>The person of a session confirmed with the card.</summary>
    SteppedUp,

    /// <summary>The person of a session signed a text with the card.</summary>
    TextSigned,

    /// <summary>Somebody wrote a mandate and was shown its invitation code.</summary>
    MandateInvited,

    /// <summary>Somebody entered an invitation code; from then on the invitation is theirs.</summary>
    InvitationClaimed,

    /// <summary>The text of a mandate was opened, by the principal or by the invited proxy.</summary>
    MandateRead,

    /// <summary>The list of mandates and folders was opened; <c>ok:</c> and how many names.</summary>
    MandatesListed,

    /// <summary>The proxy signed.</summary>
    MandateAccepted,

    /// <summary>The proxy declined.</summary>
    MandateRefused,

    /// <summary>The principal signed; from then on the folder fills.</summary>
    MandateActivated,

    /// <summary>The principal ended it, before or after it was active.</summary>
    MandateStopped,

    /// <summary>A proxy listed the folder of the principal; actor and subject differ.</summary>
    FolderListed,

    /// <summary>A proxy opened a notice of the principal; actor and subject differ.</summary>
    FolderNoticeOpened,

    /// <summary>The portal opened its own code and the subject tag of a citizen to ask holders.</summary>
    LinkOpened,

    /// <summary>REQUEST at the portal's end: a holder is being asked about the citizen; <c>ok:</c> and the number of items asked for.</summary>
    HolderAsked,

    /// <summary>RECEIVE at the portal's end: <c>ok:</c> and the number of values that arrived, or the code of what went wrong.</summary>
    HolderAnswered,

    /// <summary>The citizen read the own access records.</summary>
    AccessLogListed,

    /// <summary>A business asked for a consent.</summary>
    ConsentRequested,

    /// <summary>A citizen read a request, a consent, a receipt or a list of them.</summary>
    ConsentRead,

    /// <summary>CONSENT: a citizen agreed.</summary>
    ConsentGiven,

    /// <summary>REFUSE: a citizen did not agree.</summary>
    ConsentRefused,

    /// <summary>REVOKE: a citizen withdrew.</summary>
    ConsentWithdrawn,

    /// <summary>A citizen let an agency that acts under a law know where to write.</summary>
    LinkedUnderLaw,

    /// <summary>A business fetched the result of a consent.</summary>
    ConsentResultGiven,

    /// <summary>A result was fetched twice; both are void.</summary>
    ConsentResultRevoked,

    /// <summary>A business confirmed a receipt or a withdrawal with its signature.</summary>
    ConsentAcknowledged,

    /// <summary>A citizen changed what a sender may do.</summary>
    SenderChoiceChanged,

    /// <summary>A citizen said that what a notice asked for is done.</summary>
    NoticeDone,

    /// <summary>A citizen took that back.</summary>
    NoticeUndone,
}

/// <summary>Who did it.</summary>
internal enum ActorKind
{
    Citizen,
    Sender,
    System,
    Unknown,

    /// <summary>Somebody of the portal's own staff, under the operator's identifier and never the citizen's.</summary>
    Operator,
}

/// <summary>
/// One line of the tamper-evident record: who touched whose what, when and with which outcome; identifiers only, never content. It is
/// written in the same transaction as the act; moments later the sealer gives it its place in the hash chain, after which any
/// change, removal or reordering is found.
/// </summary>
internal sealed class AccessRecord
{
    private AccessRecord()
    {
    }

    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public AccessEvent Event { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public Guid? ActorId { get; private set; }

    /// <summary>Whose data was touched; empty where no citizen is concerned or known.</summary>
    public CitizenId? Subject { get; private set; }

    /// <summary>The thing that was touched: a notice, a session, a transaction; of a linkage its requestId, which every end records.</summary>
    public Guid? ObjectId { get; private set; }

    /// <summary>Which information holder was asked; only of linkages.</summary>
    public string? Holder { get; private set; }

    /// <summary>Under which row of the authorisation matrix; only of linkages.</summary>
    public string? Row { get; private set; }

    /// <summary><c>ok</c> or the stable code of a refusal; for lists the number of rows, as in <c>ok:20</c>.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>Place in the chain, from 1; null until sealed.</summary>
    public long? Sequence { get; private set; }

    public byte[]? PreviousHash { get; private set; }

    public byte[]? Hash { get; private set; }

    public static AccessRecord Of(DateTimeOffset at, AccessEvent what, ActorKind actorKind, Guid? actorId, CitizenId? subject, Guid? objectId, string outcome) => new()
    {
        Id = Guid.CreateVersion7(at),
        At = at,
        Event = what,
        ActorKind = actorKind,
        ActorId = actorId,
        Subject = subject,
        ObjectId = objectId,
        Outcome = outcome,
    };

    /// <summary>Says to which holder, and under which row of the matrix, the linkage of this record went.</summary>
    public AccessRecord AboutLinkage(string holder, string row)
    {
        Holder = holder;
        Row = row;
        return this;
    }

    /// <summary>Gives the record its place behind the one with <paramref name="previousHash"/>.</summary>
    public void Chain(long sequence, byte[] previousHash)
    {
        Sequence = sequence;
        PreviousHash = previousHash;
        Hash = ComputeHash(sequence, previousHash);
    }

    /// <summary>Whether the record still says what was sealed, right behind the one with <paramref name="previousHash"/>.</summary>
    public bool IsIntactAfter(byte[] previousHash) =>
        Sequence is { } sequence && Hash is not null && PreviousHash is not null
        && PreviousHash.AsSpan().SequenceEqual(previousHash)
        && Hash.AsSpan().SequenceEqual(ComputeHash(sequence, previousHash));

    private byte[] ComputeHash(long sequence, byte[] previousHash)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        bytes.Write(number);
        foreach (var field in (ReadOnlySpan<string>)
            [
                "MYP-ACCESS/1", Convert.ToHexStringLower(previousHash), Id.ToString("D"), At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                Event.ToString(), ActorKind.ToString(), ActorId?.ToString("D") ?? "", Subject?.ToString() ?? "", ObjectId?.ToString("D") ?? "", Outcome,
                .. Holder is null && Row is null ? (IEnumerable<string>)[] : [Holder ?? "", Row ?? ""],
            ])
        {
            var text = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(number, text.Length);
            bytes.Write(number[..4]);
            bytes.Write(text);
        }

        return SHA256.HashData(bytes.ToArray());
    }
}
