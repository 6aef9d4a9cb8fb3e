using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Who a sender is.</summary>
public enum SenderKind
{
    /// <summary>Agency or municipality acting under a law 行政.</summary>
    Public,

    /// <summary>Business 民間.</summary>
    Private,
}

/// <summary>How far a sender's admission is.</summary>
public enum SenderState
{
    /// <summary>下書き: being written down.</summary>
    Draft,

    /// <summary>申請中: waits for a second operator.</summary>
    Submitted,

    /// <summary>差し戻し: to be corrected.</summary>
    Returned,

    /// <summary>稼働中: may send.</summary>
    Live,

    /// <summary>一時停止: may do nothing; what it delivered stays.</summary>
    Suspended,
}

/// <summary>An organisation that may put notices into mailboxes. Its name and services are public and not sealed.</summary>
internal sealed class Sender
{
    private Sender()
    {
    }

    public SenderId Id { get; private set; }

    /// <summary>Name under which it authenticates (OAuth client identifier).</summary>
    public string ClientId { get; private set; } = "";

    public string Name { get; private set; } = "";

    public SenderKind Kind { get; private set; }

    public SenderState State { get; private set; }

    /// <summary>Who it is, in a sentence for citizens.</summary>
    public string About { get; private set; } = "";

    /// <summary>Posts a minute; above it the sender is asked to wait.</summary>
    public int QuotaPerMinute { get; private set; }

    /// <summary>Posts on one day in Japan.</summary>
    public int QuotaPerDay { get; private set; }

    /// <summary>What citizens are told while it is suspended.</summary>
    public string? SuspensionText { get; private set; }

    /// <summary>法人番号; empty for whoever asks nobody. So are the next three.</summary>
    public string CorporateNumber { get; private set; } = "";

    /// <summary>Where citizens ask, as they see it.</summary>
    public string Contact { get; private set; } = "";

    /// <summary>One per line; a person is sent back to one of these and nowhere else.</summary>
    public string ReturnAddresses { get; private set; } = "";

    /// <summary>Where it hears that a consent ended.</summary>
    public string MessageAddress { get; private set; } = "";

    /// <summary>The service for which it asks people; null when it asks nobody.</summary>
    public SenderServiceId? AskingService { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>Registers a sender that has yet to be admitted.</summary>
    public static Sender Draft(SenderId id, string clientId, SenderApplication application, DateTimeOffset now)
    {
        var sender = new Sender { Id = id, ClientId = clientId, State = SenderState.Draft, RegisteredAt = now };
        sender.Take(application);
        return sender;
    }

    /// <summary>Gets the facts that were approved.</summary>
    public void Take(SenderApplication application) =>
        (Name, Kind, About, QuotaPerMinute, QuotaPerDay) = (application.Name, application.Kind, application.About, application.QuotaPerMinute, application.QuotaPerDay);

    /// <summary>Lets it ask people for one of its services.</summary>
    public void Ask(ConsentRequester requester, SenderServiceId service) =>
        (CorporateNumber, Contact, ReturnAddresses, MessageAddress, AskingService) =
        (requester.CorporateNumber, requester.Contact, string.Join('\n', requester.ReturnAddresses), requester.MessageAddress, service);

    /// <summary>What was registered of its requester; null when it asks nobody.</summary>
    public ConsentRequester? ToConsentRequester() => AskingService is null ? null : new ConsentRequester(CorporateNumber, Contact, ReturnAddresses.Split('\n'), MessageAddress);

    /// <summary>Follows the application of a sender that was never live; one that is keeps its state.</summary>
    public void Follow(ChangeRequestState proposal)
    {
        if (State is SenderState.Draft or SenderState.Submitted or SenderState.Returned)
        {
            State = proposal switch
            {
                ChangeRequestState.Submitted => SenderState.Submitted,
                ChangeRequestState.Returned => SenderState.Returned,
                ChangeRequestState.Approved => SenderState.Live,
                _ => SenderState.Draft,
            };
        }
    }

    public void Suspend(string citizenText) => (State, SuspensionText) = (SenderState.Suspended, citizenText);

    public void Resume() => (State, SuspensionText) = (SenderState.Live, null);
}

/// <summary>What allows a service to write to people.</summary>
public enum ServiceBasis
{
    /// <summary>同意: each person said yes.</summary>
    Consent,

    /// <summary>法令: a law says so; only for public senders.</summary>
    Law,
}

/// <summary>One of a sender's services; recipient codes are given per service.</summary>
internal sealed class SenderService
{
    private SenderService()
    {
    }

    public SenderServiceId Id { get; private set; }

    public SenderId SenderId { get; private set; }

    public string Name { get; private set; } = "";

    public ServiceBasis Basis { get; private set; }

    /// <summary>Which law, or what the consent is for.</summary>
    public string BasisText { get; private set; } = "";

    /// <summary>What the service writes about, one topic a line.</summary>
    public string Topics { get; private set; } = "";

    public static SenderService Open(SenderServiceId id, SenderId sender, ServiceApplication facts)
    {
        var service = new SenderService { Id = id, SenderId = sender };
        service.Take(facts);
        return service;
    }

    public void Take(ServiceApplication facts) => (Name, Basis, BasisText, Topics) = (facts.Name, facts.Basis, facts.BasisText, string.Join('\n', facts.Topics));

    public ServiceApplication ToFacts() => new(Name, Basis, BasisText, Topics.Length is 0 ? [] : Topics.Split('\n'), Id.Value);
}

/// <summary>What a key is good for.</summary>
internal enum KeyPurpose
{
    /// <summary>試験: posts reach only the sender's own test recipient.</summary>
    Test,

    /// <summary>本番: posts reach people.</summary>
    Live,
}

/// <summary>A public key with which a sender signs its client assertions.</summary>
internal sealed class SenderKey
{
    /// <summary>The old one and the new one, while a sender changes over.</summary>
    public const int MostAtOnce = 2;

    private SenderKey()
    {
    }

    public Guid Id { get; private set; }

    public SenderId SenderId { get; private set; }

    /// <summary>SubjectPublicKeyInfo, DER: ECDSA P-256 (ES256) or RSA of 2048 bits or more (PS256).</summary>
    public byte[] PublicKey { get; private set; } = [];

    public KeyPurpose Purpose { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>The operator who added it; null where the sandbox's command did.</summary>
    public OperatorId? AddedBy { get; private set; }

    /// <summary>From then on it proves nothing; null when no end was set.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static SenderKey Register(SenderId sender, byte[] publicKey, KeyPurpose purpose, DateTimeOffset now, DateTimeOffset? endsAt = null, OperatorId? by = null, Guid? id = null) =>
        new() { Id = id ?? Guid.CreateVersion7(now), SenderId = sender, PublicKey = publicKey, Purpose = purpose, RegisteredAt = now, EndsAt = endsAt, AddedBy = by };

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    public void UsedAt(DateTimeOffset now) => LastUsedAt = now;

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && (EndsAt is null || EndsAt > now);
}
