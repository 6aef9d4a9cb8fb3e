using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MyPortal.Features.Notices;

internal sealed class NoticeConfiguration :
    IEntityTypeConfiguration<Notice>,
    IEntityTypeConfiguration<Mailbox>,
    IEntityTypeConfiguration<AcceptedPost>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("Notices");
        builder.HasKey(notice => notice.Id);
        builder.Ignore(notice => notice.Address);
        builder.HasIndex(notice => new { notice.Owner, notice.Position }).IsUnique();
        builder.HasIndex(notice => new { notice.Owner, notice.IsUnread, notice.Position });
        builder.HasIndex(notice => new { notice.Owner, notice.IsOpenToDo, notice.Position });
    }

    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("Mailboxes");
        builder.HasKey(mailbox => mailbox.Owner);
        builder.HasIndex(mailbox => mailbox.ToDosMarked);
    }

    public void Configure(EntityTypeBuilder<AcceptedPost> builder)
    {
        builder.ToTable("AcceptedPosts");
        builder.HasKey(post => post.KeyHash);
        builder.Property(post => post.KeyHash).HasMaxLength(32);
        builder.Property(post => post.BodyHash).HasMaxLength(32);
        builder.HasIndex(post => post.AcceptedAt);
    }
}
