using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Features.Operators;

internal sealed class OperatorConfiguration :
    IEntityTypeConfiguration<Operator>,
    IEntityTypeConfiguration<Appointment>,
    IEntityTypeConfiguration<OperatorsLock>
{
    public void Configure(EntityTypeBuilder<Operator> builder)
    {
        builder.ToTable("Operators");
        builder.HasKey(person => person.Id);
        builder.Ignore(person => person.IsActive);
        builder.Ignore(person => person.CanApprove);
        builder.Property(person => person.SealedLabel).HasMaxLength(600);
        builder.HasIndex(person => person.CitizenId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable("Appointments");
        builder.HasKey(appointment => appointment.Id);
        builder.Property(appointment => appointment.CodeHash).HasMaxLength(32);

        // Two answers to one appointment at the same moment: the second finds another state and changes nothing.
        builder.Property(appointment => appointment.State).IsConcurrencyToken();
        builder.HasIndex(appointment => appointment.CodeHash).IsUnique();
        builder.HasIndex(appointment => appointment.ProposedAt);
    }

    public void Configure(EntityTypeBuilder<OperatorsLock> builder)
    {
        builder.ToTable("StaffLocks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasData(new { Id = OperatorsLock.OnlyId, Changes = 0L });
    }
}
