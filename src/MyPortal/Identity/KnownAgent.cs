using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>
/// A card agent program with which a citizen signed in. Other card software signs any digest a page gives it, so a valid signature
/// proves card and PIN but not our program: a program seen for the first time gets the lower level for a day.
/// </summary>
internal sealed class KnownAgent
{
    /// <summary>How long a program stays a stranger.</summary>
    public static readonly TimeSpan TrustDelay = TimeSpan.FromHours(24);

    private KnownAgent()
    {
    }

    public CitizenId CitizenId { get; private set; }

    /// <summary>SHA-256 of the agent key's SubjectPublicKeyInfo.</summary>
    public byte[] KeyHash { get; private set; } = [];

    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>When the citizen last came with it, to the day; null in rows older than this column until they are cleaned.</summary>
    public DateTimeOffset? LastSeenAt { get; private set; }

    /// <summary>The program with which the citizen enrolled is known from the start.</summary>
    public bool FromEnrolment { get; private set; }

    public static KnownAgent AtEnrolment(CitizenId citizen, byte[] keyHash, DateTimeOffset now) =>
        new() { CitizenId = citizen, KeyHash = keyHash, FirstSeenAt = now, LastSeenAt = now, FromEnrolment = true };

    public static KnownAgent FirstSeen(CitizenId citizen, byte[] keyHash, DateTimeOffset now) =>
        new() { CitizenId = citizen, KeyHash = keyHash, FirstSeenAt = now, LastSeenAt = now };

    /// <summary>The citizen came with it again. A finer instant would make each login a write.</summary>
    public void SeenAt(DateTimeOffset now) => LastSeenAt = LastSeenAt is { } seen && seen.HasBegunWithin(TimeSpan.FromDays(1), now) ? seen : now;

    public AssuranceLevel LevelAt(DateTimeOffset now) =>
        FromEnrolment || now - FirstSeenAt >= TrustDelay ? AssuranceLevel.CardWithPin : AssuranceLevel.Verified;
}

internal sealed class KnownAgentConfiguration : IEntityTypeConfiguration<KnownAgent>
{
    public void Configure(EntityTypeBuilder<KnownAgent> builder)
    {
        builder.ToTable("KnownAgents");
        builder.HasKey(agent => new { agent.CitizenId, agent.KeyHash });
        builder.Property(agent => agent.KeyHash).HasMaxLength(32);
        builder.HasIndex(agent => agent.LastSeenAt);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(agent => agent.CitizenId);
    }
}
