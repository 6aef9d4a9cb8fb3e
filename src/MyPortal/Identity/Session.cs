using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>Why a session ended.</summary>
internal enum SessionEnd
{
    LoggedOut,
    EndedFromAccount,
    ReplacedByNewLogin,

    /// <summary>Somebody confirmed an act in this session with another person's card.</summary>
    OtherPersonsCard,

    /// <summary>It was unused the longest when one more than <see cref="Session.MostLive"/> began.</summary>
    TooMany,

    /// <summary>It was used at an instant that has not come yet: how long ago that was nobody knows.</summary>
    ClockSetBack,
}

/// <summary>A signed-in browser. The cookie holds a random token, the database only its SHA-256.</summary>
internal sealed class Session
{
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromHours(8);

    /// <summary>Live sessions of one person; one more ends the one unused longest.</summary>
    public const int MostLive = 20;

    private Session()
    {
    }

    public SessionId Id { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public CitizenId CitizenId { get; private set; }

    public AssuranceLevel Level { get; private set; }

    public LoginEvidence Evidence { get; private set; }

    public TerminalClass Terminal { get; private set; }

    /// <summary>Kind of device and browser in a few words; no more of it is kept.</summary>
    public string Device { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>When a card with PIN last confirmed the person; null when none did.</summary>
    public DateTimeOffset? LastCardAt { get; private set; }

    /// <summary>Beginning of the previous session: what was delivered after it is new for the whole of this one.</summary>
    public DateTimeOffset NewSince { get; private set; }

    /// <summary>When the person's next session began; null in the newest one, which is kept because it tells the next one what is new.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public SessionEnd? EndReason { get; private set; }

    public static Session Begin(SessionId id, byte[] tokenHash, CitizenId citizen, SessionBasis basis, DateTimeOffset now, DateTimeOffset newSince) => new()
    {
        Id = id,
        TokenHash = tokenHash,
        CitizenId = citizen,
        Level = basis.Level,
        Evidence = basis.Evidence,
        Terminal = basis.Terminal,
        Device = basis.Device,
        StartedAt = now,
        LastSeenAt = now,
        LastCardAt = basis.Evidence is LoginEvidence.CardPin ? now : null,
        NewSince = newSince,
    };

    /// <summary>The same person confirmed with a card: the session goes on under a new token, at the higher of both levels.</summary>
    public void Confirm(byte[] tokenHash, AssuranceLevel level, DateTimeOffset now)
    {
        TokenHash = tokenHash;
        Level = level > Level ? level : Level;
        Evidence = LoginEvidence.CardPin;
        LastSeenAt = now;

        // A card agent that nobody knows yet proves a card, but not that our program asked the person.
        LastCardAt = level >= AssuranceLevel.CardWithPin ? now : LastCardAt;
    }

    public bool IsLiveAt(DateTimeOffset now) => EndedAt is null && LastSeenAt.HasBegunWithin(IdleLimit, now) && StartedAt.HasBegunWithin(AbsoluteLimit, now);

    public void End(DateTimeOffset now, SessionEnd reason)
    {
        EndedAt ??= now;
        EndReason ??= reason;
    }
}

/// <summary>What a session rests on.</summary>
internal sealed record SessionBasis(AssuranceLevel Level, LoginEvidence Evidence, TerminalClass Terminal, string Device)
{
    /// <summary>The session that the browser had so far and that ends with this login; it takes no place.</summary>
    public SessionId? Replaces { get; init; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.TokenHash).HasMaxLength(32);
        builder.Property(session => session.Device).HasMaxLength(60);
        builder.HasIndex(session => session.TokenHash).IsUnique();
        builder.HasIndex(session => new { session.CitizenId, session.StartedAt });
        builder.HasIndex(session => session.SupersededAt);
        builder.HasIndex(session => session.LastSeenAt);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(session => session.CitizenId);
    }
}
