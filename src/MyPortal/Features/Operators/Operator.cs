using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators;

/// <summary>
/// Somebody of the portal's own staff: an enrolled person with roles. The work name is sealed; no other column leads to a person but
/// the citizen's identifier, which no screen shows.
/// </summary>
internal sealed class Operator
{
    private Operator()
    {
    }

    public OperatorId Id { get; private set; }

    public CitizenId CitizenId { get; private set; }

    public byte[] SealedLabel { get; private set; } = [];

    public OperatorRoles Roles { get; private set; }

    public DateTimeOffset AppointedAt { get; private set; }

    /// <summary>From then on every page of the console is closed.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? LastLoginAt { get; private set; }

    /// <summary>The session in which the operator was seen last; a new one is a new login.</summary>
    public SessionId? LastSession { get; private set; }

    public bool IsActive => EndedAt is null;

    public bool CanApprove => IsActive && Roles.HasFlag(OperatorRoles.Approve);

    public static Operator Appoint(OperatorId id, CitizenId citizen, byte[] sealedLabel, OperatorRoles roles, DateTimeOffset now) =>
        new() { Id = id, CitizenId = citizen, SealedLabel = sealedLabel, Roles = roles, AppointedAt = now };

    /// <summary>Gives other roles, also to somebody whose access had ended.</summary>
    public void AppointAgain(byte[] sealedLabel, OperatorRoles roles, DateTimeOffset now) =>
        (SealedLabel, Roles, AppointedAt, EndedAt) = (sealedLabel, roles, now, null);

    public void End(DateTimeOffset now) => EndedAt ??= now;

    public void SeenIn(SessionId session, DateTimeOffset now) => (LastSession, LastLoginAt) = (session, now);
}

/// <summary>How far an appointment is.</summary>
internal enum AppointmentState
{
    /// <summary>Waits for a second operator.</summary>
    Waiting,

    /// <summary>The code is out and can be entered once.</summary>
    Open,

    /// <summary>Somebody became an operator with it.</summary>
    Used,

    /// <summary>The second operator said no.</summary>
    Refused,
}

/// <summary>
/// The right to become an operator, handed over as a one-time code: the portal knows no names, so whoever enters the code after showing
/// a card is the one who was meant.
/// </summary>
internal sealed class Appointment
{
    public const int CodeBytes = 16;
    public static readonly TimeSpan CodeLife = TimeSpan.FromHours(24);

    private Appointment()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Work name and reason.</summary>
    public byte[] SealedContent { get; private set; } = [];

    public OperatorRoles Roles { get; private set; }

    public AppointmentState State { get; private set; }

    /// <summary>Null when the command line made it.</summary>
    public OperatorId? ProposedBy { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Who agreed and was shown the code; null before that, and when the command line made it.</summary>
    public OperatorId? ApprovedBy { get; private set; }

    /// <summary>Keyed hash of the code; null until there is one.</summary>
    public byte[]? CodeHash { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public static Appointment Propose(Guid id, OperatorId? by, byte[] sealedContent, OperatorRoles roles, DateTimeOffset now) =>
        new() { Id = id, ProposedBy = by, SealedContent = sealedContent, Roles = roles, ProposedAt = now };

    /// <param name="by">Who agreed; null for the command line.</param>
    /// <param name="codeHash">Keyed hash of the code.</param>
    /// <param name="now">From when the code is good.</param>
    public void Open(OperatorId? by, byte[] codeHash, DateTimeOffset now) => (State, ApprovedBy, CodeHash, ExpiresAt) = (AppointmentState.Open, by, codeHash, now + CodeLife);

    /// <summary>Whether this operator proposed it or agreed to it: whoever decides on rights must not receive them.</summary>
    public bool IsDecidedBy(OperatorId person) => ProposedBy == person || ApprovedBy == person;

    public void Refuse() => State = AppointmentState.Refused;

    public void Use() => State = AppointmentState.Used;

    public bool IsOpenAt(DateTimeOffset now) => State is AppointmentState.Open && ExpiresAt is { } end && end.EndsWithin(CodeLife, now);
}

/// <summary>
/// The one row that every change of the staff locks first. Without it two approvers could end each other's access at the same moment and
/// nobody would be left to approve.
/// </summary>
internal sealed class OperatorsLock
{
    public const int OnlyId = 1;

    private OperatorsLock()
    {
    }

    public int Id { get; private set; }

    public long Changes { get; private set; }
}
