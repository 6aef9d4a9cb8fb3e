using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Features.Consents;

internal sealed class ConsentConfiguration :
    IEntityTypeConfiguration<Consent>,
    IEntityTypeConfiguration<ConsentVisit>,
    IEntityTypeConfiguration<ConsentEvent>,
    IEntityTypeConfiguration<RecipientCode>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("Consents");
        builder.HasKey(consent => consent.Id);
        builder.Ignore(consent => consent.Place);
        builder.Property(consent => consent.Version).IsConcurrencyToken();
        builder.HasIndex(consent => new { consent.Owner, consent.State, consent.RequestedAt, consent.Id });
        builder.HasIndex(consent => new { consent.State, consent.LapsesAt });
    }

    public void Configure(EntityTypeBuilder<ConsentVisit> builder)
    {
        builder.ToTable("ConsentVisits");
        builder.HasKey(visit => visit.ConsentId);
        builder.Property(visit => visit.StatementHash).HasMaxLength(32);
        builder.Property(visit => visit.RequestHash).HasMaxLength(32);
        builder.Property(visit => visit.BrowserHash).HasMaxLength(32);
        builder.Property(visit => visit.CodeHash).HasMaxLength(32);
        builder.HasIndex(visit => visit.StatementHash).IsUnique();
        builder.HasIndex(visit => visit.RequestHash).IsUnique();
        builder.HasIndex(visit => visit.BrowserHash);
        builder.HasIndex(visit => visit.CodeHash);
        builder.HasIndex(visit => visit.RequestEndsAt);
        builder.HasOne<Consent>().WithOne().HasForeignKey<ConsentVisit>(visit => visit.ConsentId);
    }

    public void Configure(EntityTypeBuilder<ConsentEvent> builder)
    {
        builder.ToTable("ConsentSteps");
        builder.HasKey(step => step.Id);
        builder.HasIndex(step => new { step.ConsentId, step.At });
        builder.HasOne<Consent>().WithMany().HasForeignKey(step => step.ConsentId);
    }

    public void Configure(EntityTypeBuilder<RecipientCode> builder)
    {
        builder.ToTable("RecipientCodes");
        builder.HasKey(code => code.Hash);
        builder.Property(code => code.Hash).HasMaxLength(32);
        builder.Property(code => code.SealedCode).HasMaxLength(128);
        builder.Property(code => code.Law).HasMaxLength(400);

        // One code per citizen, sender and service: two would let a withdrawn one live on.
        builder.HasIndex(code => new { code.CitizenId, code.ServiceId }).IsUnique();
        builder.HasIndex(code => code.ConsentId);
    }
}
