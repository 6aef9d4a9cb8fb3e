using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Audit;

/// <summary>Signature by the recorder key over the end of the chain; a rewritten chain has no valid one.</summary>
internal sealed class AuditSeal
{
    private AuditSeal()
    {
    }

    /// <summary>Place of the last record that the signature covers.</summary>
    public long Sequence { get; private set; }

    public DateTimeOffset At { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public byte[] Signature { get; private set; } = [];

    /// <summary>Which key signed, see <see cref="RecorderKey.Thumbprint"/>; null in seals that are older than this column.</summary>
    public byte[]? KeyThumbprint { get; private set; }

    public static AuditSeal Of(long sequence, DateTimeOffset at, byte[] hash, byte[] signature, byte[]? keyThumbprint) =>
        new() { Sequence = sequence, At = at, Hash = hash, Signature = signature, KeyThumbprint = keyThumbprint };
}

internal sealed class AccessRecordConfiguration : IEntityTypeConfiguration<AccessRecord>
{
    public void Configure(EntityTypeBuilder<AccessRecord> builder)
    {
        builder.ToTable("AccessRecords");
        builder.HasKey(record => record.Id);
        builder.Property(record => record.Outcome).HasMaxLength(80);
        builder.Property(record => record.Holder).HasMaxLength(60);
        builder.Property(record => record.Row).HasMaxLength(60);
        builder.Property(record => record.PreviousHash).HasMaxLength(32);
        builder.Property(record => record.Hash).HasMaxLength(32);

        // Two nodes that seal at once would both give the same records places, or give two records one place: the second is refused
        // and tries again.
        builder.Property(record => record.Sequence).IsConcurrencyToken();
        builder.HasIndex(record => record.Sequence).IsUnique();
        builder.HasIndex(record => new { record.Subject, record.At });

        // What the console's list of records is filtered by; its pages follow the places in the chain.
        builder.HasIndex(record => new { record.ActorId, record.Sequence });
        builder.HasIndex(record => new { record.Subject, record.Sequence });
        builder.HasIndex(record => new { record.ObjectId, record.Sequence });
        builder.HasIndex(record => new { record.At, record.Sequence });

        // Finds the records that wait for their place; the unique index cannot, because SQL Server keeps nulls out of it.
        builder.HasIndex(record => new { record.Sequence, record.At });
    }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("AuditSeals");
        builder.HasKey(seal => seal.Sequence);
        builder.Property(seal => seal.Sequence).ValueGeneratedNever();
        builder.Property(seal => seal.Hash).HasMaxLength(32);
        builder.Property(seal => seal.Signature).HasMaxLength(64);
        builder.Property(seal => seal.KeyThumbprint).HasMaxLength(32);
    }
}
