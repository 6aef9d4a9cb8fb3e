using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Delivery;

/// <summary>
/// How often something happened to a sender's notices on one day in Japan. In shards, so that posts of one sender at the same moment do
/// not all wait for one row; the numbers are their sums.
/// </summary>
internal sealed class DeliveryCount
{
    public const int Shards = 8;

    /// <summary>A year to compare with, and a month to look at it.</summary>
    public const int DaysKept = 400;

    /// <summary>Taken from the sender and kept.</summary>
    public const string Accepted = "accepted";

    /// <summary>To be seen in a mailbox.</summary>
    public const string Visible = "visible";

    private DeliveryCount()
    {
    }

    public SenderId SenderId { get; private set; }

    /// <summary>Empty for what was refused before a service was known.</summary>
    public SenderServiceId ServiceId { get; private set; }

    public DateOnly Day { get; private set; }

    /// <summary>One of the words above, or the stable code of a refusal.</summary>
    public string What { get; private set; } = "";

    public int Shard { get; private set; }

    public long Count { get; private set; }

    public static DeliveryCount Begin(SenderId sender, SenderServiceId service, DateOnly day, string what, int shard) =>
        new() { SenderId = sender, ServiceId = service, Day = day, What = what, Shard = shard };
}

internal sealed class DeliveryCountConfiguration : IEntityTypeConfiguration<DeliveryCount>
{
    public void Configure(EntityTypeBuilder<DeliveryCount> builder)
    {
        builder.ToTable("DeliveryCounts");
        builder.HasKey(count => new { count.SenderId, count.ServiceId, count.Day, count.What, count.Shard });
        builder.Property(count => count.What).HasMaxLength(80);
        builder.HasIndex(count => count.Day);
    }
}
