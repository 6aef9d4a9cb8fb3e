using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>
/// A user-authentication certificate of a citizen. Found by the keyed hash of root key and serial number; the serial itself is kept
/// only sealed, the certificate never.
/// </summary>
internal sealed class CardCertificate
{
    private CardCertificate()
    {
    }

    /// <summary>HMAC(pepper, SHA-256 of the pinned root's SubjectPublicKeyInfo ‖ serial).</summary>
    public byte[] LookUpHash { get; private set; } = [];

    public CitizenId CitizenId { get; private set; }

    /// <summary>The reference (root key ‖ serial), sealed under the citizen's key.</summary>
    public byte[] SealedReference { get; private set; } = [];

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>End of the certificate's validity.</summary>
    public DateTimeOffset ValidUntil { get; private set; }

    /// <summary>Set when a renewed certificate took its place; from then on it is refused.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    /// <summary>Set when the person reported the card lost; from then on it is refused, whatever the issuer's list says.</summary>
    public DateTimeOffset? BlockedAt { get; private set; }

    public bool IsUsable => SupersededAt is null && BlockedAt is null;

    public static CardCertificate Register(byte[] lookUpHash, CitizenId citizen, byte[] sealedReference, DateTimeOffset now, DateTimeOffset validUntil) => new()
    {
        LookUpHash = lookUpHash,
        CitizenId = citizen,
        SealedReference = sealedReference,
        RegisteredAt = now,
        ValidUntil = validUntil,
    };

    public void Supersede(DateTimeOffset now) => SupersededAt ??= now;

    public void Block(DateTimeOffset now) => BlockedAt ??= now;
}

internal sealed class CardCertificateConfiguration : IEntityTypeConfiguration<CardCertificate>
{
    public void Configure(EntityTypeBuilder<CardCertificate> builder)
    {
        builder.ToTable("CardCertificates");
        builder.HasKey(certificate => certificate.LookUpHash);
        builder.Property(certificate => certificate.LookUpHash).HasMaxLength(32);
        builder.Property(certificate => certificate.SealedReference).HasMaxLength(160);
        builder.HasIndex(certificate => certificate.CitizenId);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(certificate => certificate.CitizenId);
    }
}
