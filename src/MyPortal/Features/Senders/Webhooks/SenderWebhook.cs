using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Webhooks;

/// <summary>Where a sender wants to be told. The address is sealed: senders put secrets into it.</summary>
internal sealed class SenderWebhook
{
    private SenderWebhook()
    {
    }

    public SenderId SenderId { get; private set; }

    public byte[] SealedAddress { get; private set; } = [];

    public DateTimeOffset RegisteredAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    public static SenderWebhook Of(SenderId sender) => new() { SenderId = sender };

    public void Register(byte[] sealedAddress, DateTimeOffset now) => (SealedAddress, RegisteredAt, StoppedAt) = (sealedAddress, now, null);

    /// <summary>The receiver wants no more; only a new registration starts it again.</summary>
    public void Stop(DateTimeOffset now) => StoppedAt ??= now;
}

internal sealed class SenderWebhookConfiguration : IEntityTypeConfiguration<SenderWebhook>
{
    public void Configure(EntityTypeBuilder<SenderWebhook> builder)
    {
        builder.ToTable("SenderWebhooks");
        builder.HasKey(webhook => webhook.SenderId);
        builder.HasOne<Sender>().WithOne().HasForeignKey<SenderWebhook>(webhook => webhook.SenderId);
    }
}
