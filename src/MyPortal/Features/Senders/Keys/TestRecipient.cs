using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Keys;

/// <summary>
/// The one recipient whom posts with a test key reach: a mailbox that belongs to nobody, with a data key like any other, so that a test
/// goes the way of a real notice to the last step. Nobody can sign in to it.
/// </summary>
internal sealed class TestRecipient
{
    public const int CodeBytes = 16;

    private TestRecipient()
    {
    }

    public SenderId SenderId { get; private set; }

    public CitizenId Owner { get; private set; }

    public SenderServiceId ServiceId { get; private set; }

    public byte[] CodeHash { get; private set; } = [];

    public byte[] SealedCode { get; private set; } = [];

    public static TestRecipient Of(SenderId sender, CitizenId owner, SenderServiceId service, byte[] codeHash, byte[] sealedCode) =>
        new() { SenderId = sender, Owner = owner, ServiceId = service, CodeHash = codeHash, SealedCode = sealedCode };
}

internal sealed class TestRecipientConfiguration : IEntityTypeConfiguration<TestRecipient>
{
    public void Configure(EntityTypeBuilder<TestRecipient> builder)
    {
        builder.ToTable("TestRecipients");
        builder.HasKey(recipient => recipient.SenderId);
        builder.Property(recipient => recipient.CodeHash).HasMaxLength(32);
        builder.Property(recipient => recipient.SealedCode).HasMaxLength(128);
        builder.HasOne<Sender>().WithMany().HasForeignKey(recipient => recipient.SenderId);
    }
}
