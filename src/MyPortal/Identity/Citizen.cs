using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>How somebody came to be registered; kept as evidence.</summary>
internal enum EnrolmentRoute
{
    /// <summary>Both certificates of the card signed in one transaction and the issuer confirmed that they belong together.</summary>
    BothCertificates,
}

/// <summary>
/// A registered person. The portal knows no name, no number and no attribute: only a display name the person chose, the subject tag
/// and the portal's own code of the person at the linkage hub, all sealed under the person's data key.
/// </summary>
internal sealed class Citizen
{
    private Citizen()
    {
    }

    public CitizenId Id { get; private set; }

    public DateTimeOffset EnrolledAt { get; private set; }

    public EnrolmentRoute Route { get; private set; }

    /// <summary>Null as long as the person chose none.</summary>
    public byte[]? SealedDisplayName { get; private set; }

    /// <summary><c>SHA-256('MYP-SUBJ/1' ‖ birth date ‖ sex)</c>, sealed: lets a holder notice a wrong link without any attribute travelling.</summary>
    public byte[] SealedSubjectTag { get; private set; } = [];

    /// <summary>Keyed hash of the hub code: one person has one account. Null only in accounts older than linking at enrolment.</summary>
    public byte[]? HubCodeHash { get; private set; }

    /// <summary>The portal's own code of the person at the linkage hub, sealed; no other organisation has this code.</summary>
    public byte[]? SealedHubCode { get; private set; }

    /// <summary>Keyed hash of the code with which the card can be blocked without signing in.</summary>
    public byte[] LossCodeHash { get; private set; } = [];

    /// <summary>The loss code itself, only until the person says that it is written down.</summary>
    public byte[]? SealedLossCode { get; private set; }

    public static Citizen Enrol(CitizenId id, DateTimeOffset now, byte[] sealedSubjectTag, SealedHubCode hubCode, byte[] lossCodeHash, byte[] sealedLossCode) => new()
    {
        Id = id,
        EnrolledAt = now,
        Route = EnrolmentRoute.BothCertificates,
        SealedSubjectTag = sealedSubjectTag,
        HubCodeHash = hubCode.LookUpHash,
        SealedHubCode = hubCode.Value,
        LossCodeHash = lossCodeHash,
        SealedLossCode = sealedLossCode,
    };

    public void ChooseDisplayName(byte[]? sealedName) => SealedDisplayName = sealedName;

    public void LossCodeIsKept() => SealedLossCode = null;
}

internal sealed class CitizenConfiguration : IEntityTypeConfiguration<Citizen>
{
    public void Configure(EntityTypeBuilder<Citizen> builder)
    {
        builder.ToTable("Citizens");
        builder.HasKey(citizen => citizen.Id);
        builder.Property(citizen => citizen.SealedDisplayName).HasMaxLength(600);
        builder.Property(citizen => citizen.SealedSubjectTag).HasMaxLength(128);
        builder.Property(citizen => citizen.HubCodeHash).HasMaxLength(32);
        builder.Property(citizen => citizen.SealedHubCode).HasMaxLength(128);
        builder.Property(citizen => citizen.LossCodeHash).HasMaxLength(32);
        builder.Property(citizen => citizen.SealedLossCode).HasMaxLength(128);
        builder.HasIndex(citizen => citizen.HubCodeHash).IsUnique();
        builder.HasIndex(citizen => citizen.LossCodeHash).IsUnique();
    }
}
