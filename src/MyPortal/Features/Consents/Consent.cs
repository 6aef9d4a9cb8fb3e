using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>How far a consent is. Lapsed and expired are not stored: they are what a requested or granted one is after its time.</summary>
public enum ConsentState
{
    /// <summary>Asked for; nothing was decided.</summary>
    Requested,

    /// <summary>Agreed to.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Declined,

    /// <summary>Ended by the citizen.</summary>
    Withdrawn,

    /// <summary>Replaced by a newer one for the same service.</summary>
    Superseded,

    /// <summary>Void because its result was fetched twice.</summary>
    Revoked,

    /// <summary>Not a consent: the citizen let an agency that acts under a law know where to write.</summary>
    UnderLaw,
}

/// <summary>
/// One business asks one citizen for one service. What it asks and the receipts are sealed; the plain columns say only that this
/// business asked this citizen, when, and how it ended.
/// </summary>
internal sealed class Consent
{
    /// <summary>How long a request waits for a decision.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(30);

    private Consent()
    {
    }

    public ConsentId Id { get; private set; }

    public SenderId SenderId { get; private set; }

    public SenderServiceId ServiceId { get; private set; }

    /// <summary>Null until a signed-in citizen came with the request.</summary>
    public CitizenId? Owner { get; private set; }

    public ConsentState State { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset LapsesAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Last instant of a granted consent.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When it was withdrawn, replaced or revoked.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The claims of the request, exactly as the business signed them: under the portal's seal, from the claim on under the citizen's key.</summary>
    public byte[] SealedRequest { get; private set; } = [];

    /// <summary>Receipts and what else the decision made, under the citizen's key.</summary>
    public byte[]? SealedOutcome { get; private set; }

    /// <summary>Counts changes: of two acts at once only one wins.</summary>
    public int Version { get; private set; }

    public ConsentPlace Place => new(Id, SenderId, ServiceId);

    public static Consent Ask(ConsentPlace place, byte[] sealedRequest, DateTimeOffset now) => new()
    {
        Id = place.Id,
        SenderId = place.Sender,
        ServiceId = place.Service,
        State = ConsentState.Requested,
        RequestedAt = now,
        LapsesAt = now + WaitsFor,
        SealedRequest = sealedRequest,
    };

    public bool IsWaiting(DateTimeOffset now) => State is ConsentState.Requested && LapsesAt > now;

    public bool IsActive(DateTimeOffset now) => State is ConsentState.Granted && ExpiresAt > now;

    /// <summary>Belongs to a citizen from now on.</summary>
    public void BelongTo(CitizenId owner, byte[] resealedRequest)
    {
        (Owner, SealedRequest) = (owner, resealedRequest);
        Version++;
    }

    public void Grant(DateTimeOffset now, DateTimeOffset expiresAt, byte[] sealedOutcome)
    {
        (State, DecidedAt, ExpiresAt, SealedOutcome) = (ConsentState.Granted, now, expiresAt, sealedOutcome);
        Version++;
    }

    public void Decline(DateTimeOffset now, byte[]? sealedOutcome)
    {
        (State, DecidedAt, SealedOutcome) = (ConsentState.Declined, now, sealedOutcome);
        Version++;
    }

    public void LinkUnderLaw(DateTimeOffset now)
    {
        (State, DecidedAt) = (ConsentState.UnderLaw, now);
        Version++;
    }

    /// <summary>Ends what was granted: withdrawn, superseded or revoked.</summary>
    public void End(ConsentState how, DateTimeOffset now)
    {
        (State, EndedAt) = (how, now);
        Version++;
    }
}

/// <summary>The plain values that sealed parts of a consent are bound to.</summary>
internal sealed record ConsentPlace(ConsentId Id, SenderId Sender, SenderServiceId Service);

/// <summary>What happened to a consent; shown to the citizen as its history.</summary>
internal enum ConsentEventKind
{
    Requested,
    Granted,
    Declined,
    LinkedUnderLaw,

    /// <summary>The business fetched its receipt and the recipient code.</summary>
    ResultFetched,
    ReceiptAcknowledged,
    Withdrawn,

    /// <summary>The business's machine took the message about the withdrawal; it has not signed for it yet.</summary>
    WithdrawalDelivered,

    /// <summary>The business signed that it knows of the withdrawal.</summary>
    WithdrawalAcknowledged,

    /// <summary>The message was given up after 72 hours.</summary>
    WithdrawalUnanswered,
    Superseded,
    Revoked,
}

/// <summary>One line of the history of a consent.</summary>
internal sealed class ConsentEvent
{
    private ConsentEvent()
    {
    }

    public Guid Id { get; private set; }

    public ConsentId ConsentId { get; private set; }

    public ConsentEventKind What { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static ConsentEvent Of(ConsentId consent, ConsentEventKind what, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ConsentId = consent, What = what, At = now };
}
