using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Sealing;

/// <summary>By which a key file is known to belong to this database. Opens nothing and helps nobody to guess the key.</summary>
internal sealed class KeyCheck
{
    private KeyCheck()
    {
    }

    /// <summary>Name of the file in the key folder.</summary>
    public string File { get; private set; } = "";

    public byte[] Value { get; private set; } = [];

    public static KeyCheck Of(string file, byte[] value) => new() { File = file, Value = value };

    public void Replace(byte[] value) => Value = value;
}

internal sealed class KeyCheckConfiguration : IEntityTypeConfiguration<KeyCheck>
{
    public void Configure(EntityTypeBuilder<KeyCheck> builder)
    {
        builder.ToTable("KeyChecks");
        builder.HasKey(check => check.File);
        builder.Property(check => check.File).HasMaxLength(40);
        builder.Property(check => check.Value).HasMaxLength(32);
    }
}
