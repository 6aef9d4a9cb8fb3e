using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>
/// The code under which one sender's one service knows one citizen: 128 random bits, so that no two senders can join their lists.
/// Kept as a keyed hash for look-up and as a copy sealed under the citizen's key.
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

    public static RecipientCode Grant(byte[] hash, CitizenId citizen, SenderId sender, SenderServiceId service, byte[] sealedCode, DateTimeOffset now) =>
        new() { Hash = hash, CitizenId = citizen, SenderId = sender, ServiceId = service, SealedCode = sealedCode, GrantedAt = now };
}

internal sealed class RecipientCodeConfiguration : IEntityTypeConfiguration<RecipientCode>
{
    public void Configure(EntityTypeBuilder<RecipientCode> builder)
    {
        builder.ToTable("RecipientCodes");
        builder.HasKey(code => code.Hash);
        builder.Property(code => code.Hash).HasMaxLength(32);
        builder.Property(code => code.SealedCode).HasMaxLength(128);

        // One code per citizen, sender and service: two would let a withdrawn one live on.
        builder.HasIndex(code => new { code.CitizenId, code.ServiceId }).IsUnique();
    }
}
