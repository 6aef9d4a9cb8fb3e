using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Features.SignIn;

internal sealed class CardTransactionConfiguration : IEntityTypeConfiguration<CardTransaction>
{
    public void Configure(EntityTypeBuilder<CardTransaction> builder)
    {
        builder.ToTable("CardTransactions");
        builder.HasKey(transaction => transaction.Id);
        builder.Property(transaction => transaction.TicketHash).HasMaxLength(32);
        builder.Property(transaction => transaction.BindingHash).HasMaxLength(32);
        builder.Property(transaction => transaction.MatchCode).HasMaxLength(8);
        builder.Property(transaction => transaction.ResponseSecretHash).HasMaxLength(32);
        builder.Property(transaction => transaction.CompletionHash).HasMaxLength(32);
        builder.Property(transaction => transaction.ReturnPath).HasMaxLength(300);
        builder.Property(transaction => transaction.Outcome).HasMaxLength(60);
        builder.Property(transaction => transaction.TextKind).HasMaxLength(40);
        builder.HasIndex(transaction => transaction.TicketHash).IsUnique();
        builder.HasIndex(transaction => transaction.CompletionHash);
        builder.HasIndex(transaction => transaction.ExpiresAt);
    }
}
