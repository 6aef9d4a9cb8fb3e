using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Audit;

/// <summary>
/// How often callers whom nobody knows tried something in one hour. They are counted and not recorded one by one, because a stranger
/// could fill the chain for ever. Holds a block of addresses and never an address; deleted after <see cref="Kept"/>.
/// </summary>
internal sealed class UnknownCallerCount
{
    /// <summary>How long a count is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private UnknownCallerCount()
    {
    }

    /// <summary>Beginning of the hour, UTC.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>See <see cref="Kernel.AddressBlock.ToCoarseText"/>; <see cref="UnknownCallers.Others"/> for those beyond the limit of rows.</summary>
    public string Block { get; private set; } = "";

    /// <summary>Code of the refusal, or what was begun.</summary>
    public string What { get; private set; } = "";

    public long Count { get; private set; }

    public static UnknownCallerCount Of(CallerKey key, long count) => new() { Hour = key.Hour, Block = key.Block, What = key.What, Count = count };
}

/// <summary>Which count.</summary>
internal readonly record struct CallerKey(DateTimeOffset Hour, string Block, string What);

internal sealed class UnknownCallerCountConfiguration : IEntityTypeConfiguration<UnknownCallerCount>
{
    public void Configure(EntityTypeBuilder<UnknownCallerCount> builder)
    {
        builder.ToTable("UnknownCallerCounts");
        builder.HasKey(count => new { count.Hour, count.Block, count.What });
        builder.Property(count => count.Block).HasMaxLength(50);
        builder.Property(count => count.What).HasMaxLength(80);
    }
}
