using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>
/// The code under which one sender's one service knows one citizen: 128 random bits, so that no two senders can join their lists.
/// Kept as a keyed hash for look-up and as a copy sealed under the citizen's key. The row is the right to deliver: withdrawal
/// deletes it, and a delivery must hold it until its own commit.
/// </summary>
internal sealed class RecipientCode
{
    public const int CodeBytes = 16;

    private RecipientCode()
    {
    }

    public byte[] Hash { get; private set; } = [];

    public CitizenId CitizenId { get; private set; }

    public SenderId SenderId { get; private set; }

    public SenderServiceId ServiceId { get; private set; }

    public byte[] SealedCode { get; private set; } = [];

    public DateTimeOffset GrantedAt { get; private set; }

    /// <summary>The consent, or the request by which an agency was linked.</summary>
    public ConsentId ConsentId { get; private set; }

    /// <summary>The law that stands in the place of a consent; null when there is a consent.</summary>
    public string? Law { get; private set; }

    /// <summary>End of the consent; null under a law.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>Whether the citizen takes notices of this service at the moment; always under a law.</summary>
    public bool IsReceived { get; private set; }

    /// <summary>Whether new notices of this service are announced on the home page; they lie in the inbox in any case.</summary>
    public bool IsAnnounced { get; private set; }

    /// <summary>Whether the sender is told that its notice was opened.</summary>
    public bool IsToldOpened { get; private set; }

    /// <summary>How many notices came under it.</summary>
    public int Deliveries { get; private set; }

    public DateTimeOffset? LastDeliveryAt { get; private set; }

    public static RecipientCode Grant(byte[] hash, CitizenId citizen, ConsentPlace consent, byte[] sealedCode, DateTimeOffset now, DateTimeOffset endsAt) => new()
    {
        Hash = hash,
        CitizenId = citizen,
        SenderId = consent.Sender,
        ServiceId = consent.Service,
        SealedCode = sealedCode,
        GrantedAt = now,
        ConsentId = consent.Id,
        EndsAt = endsAt,
        IsReceived = true,
        IsAnnounced = true,
    };

    public static RecipientCode GrantUnderLaw(byte[] hash, CitizenId citizen, ConsentPlace link, string law, byte[] sealedCode, DateTimeOffset now) => new()
    {
        Hash = hash,
        CitizenId = citizen,
        SenderId = link.Sender,
        ServiceId = link.Service,
        SealedCode = sealedCode,
        GrantedAt = now,
        ConsentId = link.Id,
        Law = law,
        IsReceived = true,
        IsAnnounced = true,
    };

    /// <summary>Continues under a newer consent for the same service.</summary>
    public void ContinueUnder(ConsentId consent, DateTimeOffset? endsAt) => (ConsentId, EndsAt) = (consent, endsAt);

    /// <summary>What the citizen chose. What a law makes arrive cannot be switched off.</summary>
    public void Choose(bool isReceived, bool isAnnounced, bool isToldOpened) => (IsReceived, IsAnnounced, IsToldOpened) = (isReceived || Law is not null, isAnnounced, isToldOpened);
}
