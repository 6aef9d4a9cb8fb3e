using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Features.Proxies;

internal sealed class MandateConfiguration :
    IEntityTypeConfiguration<Mandate>,
    IEntityTypeConfiguration<MandateSender>,
    IEntityTypeConfiguration<MandateTopic>,
    IEntityTypeConfiguration<FolderItem>
{
    public void Configure(EntityTypeBuilder<Mandate> builder)
    {
        builder.ToTable("Mandates");
        builder.HasKey(mandate => mandate.Id);

        // Of a signature and a withdrawal at the same moment one is second, and must see what the first one did.
        builder.Property(mandate => mandate.State).IsConcurrencyToken();
        builder.Property(mandate => mandate.InvitationHash).HasMaxLength(32);
        builder.Property(mandate => mandate.ProxyDocumentHash).HasMaxLength(32);
        builder.Property(mandate => mandate.ProxySignerHash).HasMaxLength(32);
        builder.Property(mandate => mandate.PrincipalDocumentHash).HasMaxLength(32);
        builder.Property(mandate => mandate.PrincipalSignerHash).HasMaxLength(32);
        builder.HasIndex(mandate => mandate.InvitationHash).IsUnique();
        builder.HasIndex(mandate => new { mandate.Principal, mandate.State });
        builder.HasIndex(mandate => mandate.Proxy);
        builder.HasIndex(mandate => new { mandate.ValidFrom, mandate.InvitedUntil });
    }

    public void Configure(EntityTypeBuilder<MandateSender> builder)
    {
        builder.ToTable("MandateSenders");
        builder.HasKey(sender => new { sender.MandateId, sender.SenderId });
        builder.HasOne<Mandate>().WithMany().HasForeignKey(sender => sender.MandateId);
    }

    public void Configure(EntityTypeBuilder<MandateTopic> builder)
    {
        builder.ToTable("MandateTopics");
        builder.HasKey(topic => new { topic.MandateId, topic.Topic });
        builder.HasOne<Mandate>().WithMany().HasForeignKey(topic => topic.MandateId);
    }

    public void Configure(EntityTypeBuilder<FolderItem> builder)
    {
        builder.ToTable("FolderItems");
        builder.HasKey(item => new { item.MandateId, item.Position });
        builder.HasIndex(item => new { item.MandateId, item.NoticeId }).IsUnique();
        builder.HasIndex(item => new { item.MandateId, item.IsUnread, item.Position });
        builder.HasOne<Mandate>().WithMany().HasForeignKey(item => item.MandateId);
    }
}
