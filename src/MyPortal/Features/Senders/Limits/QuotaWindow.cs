using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Limits;

/// <summary>How long a window lasts.</summary>
internal enum QuotaSpan
{
    Minute,

    /// <summary>A day in Japan.</summary>
    Day,
}

/// <summary>What a sender has posted in the current minute or day; test posts are counted apart. Two rows a sender and kind, for ever.</summary>
internal sealed class QuotaWindow
{
    private QuotaWindow()
    {
    }

    public SenderId SenderId { get; private set; }

    public bool IsTest { get; private set; }

    public QuotaSpan Span { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public int Used { get; private set; }

    public static QuotaWindow Begin(SenderId sender, bool isTest, QuotaSpan span, DateTimeOffset startedAt) =>
        new() { SenderId = sender, IsTest = isTest, Span = span, StartedAt = startedAt };
}

internal sealed class QuotaWindowConfiguration : IEntityTypeConfiguration<QuotaWindow>
{
    public void Configure(EntityTypeBuilder<QuotaWindow> builder)
    {
        builder.ToTable("QuotaWindows");
        builder.HasKey(window => new { window.SenderId, window.IsTest, window.Span });
    }
}
