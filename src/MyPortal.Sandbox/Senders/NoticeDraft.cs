using System.Globalization;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders;

/// <summary>A notice before it has a recipient.</summary>
/// <param name="Key">Short name, unique within a sender.</param>
/// <param name="Type">Kind of notice.</param>
/// <param name="Contents">ja, en and ja-Hira.</param>
internal sealed record NoticeDraft(string Key, NoticeType Type, IReadOnlyList<NoticeContent> Contents)
{
    public string? Reason { get; init; }

    public string? Concerns { get; init; }

    public DateOnly? DueOn { get; init; }

    public PostNotice To(string recipientCode) => new(recipientCode, Type, Contents, Reason, Concerns, DueOn);

    /// <summary>For example 2026年12月1日.</summary>
    public static string Japanese(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>For example 1 December 2026.</summary>
    public static string English(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For example 2026ねん12がつ1にち.</summary>
    public static string Easy(DateOnly day) => day.ToString("yyyyねん Mがつ dにち", CultureInfo.InvariantCulture);
}
