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
    SandboxGranted,
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

    /// <summary>The thing that was touched: a notice, a session, a transaction.</summary>
    public Guid? ObjectId { get; private set; }

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
