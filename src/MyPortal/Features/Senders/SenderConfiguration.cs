using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Features.Senders.Admission;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders;

internal sealed class SenderConfiguration :
    IEntityTypeConfiguration<Sender>,
    IEntityTypeConfiguration<SenderService>,
    IEntityTypeConfiguration<SenderKey>,
    IEntityTypeConfiguration<ChangeRequest>
{
    public void Configure(EntityTypeBuilder<Sender> builder)
    {
        builder.ToTable("Senders");
        builder.HasKey(sender => sender.Id);
        builder.Property(sender => sender.ClientId).HasMaxLength(60);
        builder.Property(sender => sender.Name).HasMaxLength(SenderApplication.LongestName * ReadableText.UnitsPerElement);
        builder.Property(sender => sender.About).HasMaxLength(SenderApplication.LongestAbout * ReadableText.UnitsPerElement);
        builder.Property(sender => sender.SuspensionText).HasMaxLength(SuspendSender.LongestText * ReadableText.UnitsPerElement);
        builder.Property(sender => sender.CorporateNumber).HasMaxLength(ConsentRequester.CorporateNumberLength);
        builder.Property(sender => sender.Contact).HasMaxLength(ConsentRequester.LongestContact * ReadableText.UnitsPerElement);
        builder.Property(sender => sender.ReturnAddresses).HasMaxLength(ConsentRequester.MostReturnAddresses * (OutboundAddress.Longest + 1));
        builder.Property(sender => sender.MessageAddress).HasMaxLength(OutboundAddress.Longest);
        builder.HasIndex(sender => sender.ClientId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SenderService> builder)
    {
        builder.ToTable("SenderServices");
        builder.HasKey(service => service.Id);
        builder.Property(service => service.Name).HasMaxLength(SenderApplication.LongestName * ReadableText.UnitsPerElement);
        builder.Property(service => service.BasisText).HasMaxLength(SenderApplication.LongestBasis * ReadableText.UnitsPerElement);
        builder.Property(service => service.Topics).HasMaxLength(SenderApplication.MostTopics * ((SenderApplication.LongestTopic * ReadableText.UnitsPerElement) + 1));
        builder.HasOne<Sender>().WithMany().HasForeignKey(service => service.SenderId);
    }

    public void Configure(EntityTypeBuilder<SenderKey> builder)
    {
        builder.ToTable("SenderKeys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.PublicKey).HasMaxLength(800);
        builder.HasOne<Sender>().WithMany().HasForeignKey(key => key.SenderId);
    }

    public void Configure(EntityTypeBuilder<ChangeRequest> builder)
    {
        builder.ToTable("SenderProposals");
        builder.HasKey(proposal => proposal.Id);
        builder.Ignore(proposal => proposal.IsOpen);
        builder.Ignore(proposal => proposal.IsWritable);
        builder.Property(proposal => proposal.Version).IsConcurrencyToken();
        builder.HasIndex(proposal => new { proposal.State, proposal.ChangedAt });
        builder.HasIndex(proposal => new { proposal.SenderId, proposal.State });
        builder.HasOne<Sender>().WithMany().HasForeignKey(proposal => proposal.SenderId);
    }
}
