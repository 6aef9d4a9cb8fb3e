using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>An access token of a sender; only its SHA-256 is kept.</summary>
internal sealed class SenderToken
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private SenderToken()
    {
    }

    public byte[] TokenHash { get; private set; } = [];

    public SenderId SenderId { get; private set; }

    public Guid KeyId { get; private set; }

    /// <summary>Scopes, separated by spaces.</summary>
    public string Scope { get; private set; } = "";

    public DateTimeOffset ExpiresAt { get; private set; }

    public static SenderToken Issue(byte[] tokenHash, SenderId sender, Guid key, string scope, DateTimeOffset now) =>
        new() { TokenHash = tokenHash, SenderId = sender, KeyId = key, Scope = scope, ExpiresAt = now + Life };
}

/// <summary>A client assertion that was used; its <c>jti</c> is never taken again.</summary>
internal sealed class UsedAssertion
{
    private UsedAssertion()
    {
    }

    /// <summary>SHA-256 of client and <c>jti</c>.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public static UsedAssertion Of(byte[] hash, DateTimeOffset expiresAt) => new() { Hash = hash, ExpiresAt = expiresAt };
}

internal sealed class TokenConfiguration : IEntityTypeConfiguration<SenderToken>, IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<SenderToken> builder)
    {
        builder.ToTable("SenderTokens");
        builder.HasKey(token => token.TokenHash);
        builder.Property(token => token.TokenHash).HasMaxLength(32);
        builder.Property(token => token.Scope).HasMaxLength(200);
        builder.HasIndex(token => token.ExpiresAt);
        builder.HasOne<Sender>().WithMany().HasForeignKey(token => token.SenderId);
    }

    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.ToTable("UsedAssertions");
        builder.HasKey(assertion => assertion.Hash);
        builder.Property(assertion => assertion.Hash).HasMaxLength(32);
        builder.HasIndex(assertion => assertion.ExpiresAt);
    }
}
