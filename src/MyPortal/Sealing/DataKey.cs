using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>The data key of one citizen, wrapped by the key-encryption key. Destroying this row makes everything sealed under it unreadable.</summary>
internal sealed class DataKey
{
    public const int CurrentVersion = 1;

    private DataKey()
    {
    }

    public CitizenId Owner { get; private set; }

    public int Version { get; private set; }

    public byte[] Wrapped { get; private set; } = [];

    public static DataKey For(CitizenId owner, byte[] wrapped) => new() { Owner = owner, Version = CurrentVersion, Wrapped = wrapped };
}

internal sealed class DataKeyConfiguration : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> builder)
    {
        builder.ToTable("DataKeys");
        builder.HasKey(key => key.Owner);
        builder.Property(key => key.Wrapped).HasMaxLength(128);
    }
}
