using Markdig.Helpers;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Sending;

/// <summary>The rules a posted notice must keep, all faults at once, each with the place it stands.</summary>
internal static class CheckNotice
{
    private const int LongestTitle = 60;
    private const int LongestSummary = 120;
    private const int LongestBody = 20_000;
    private const int LongestReason = 200;
    private const int LongestConcerns = 100;
    private static readonly string[] Languages = ["ja", "en", "ja-Hira"];

    public static IReadOnlyList<ApiFault> FaultsIn(PostNotice notice, CallingSender sender)
    {
        var faults = new List<ApiFault>();
        if (notice.Contents.Count is 0)
        {
            faults.Add(new ApiFault("/contents", "notice.contents-missing"));
        }

        for (var i = 0; i < notice.Contents.Count; i++)
        {
            if (notice.Contents[i] is null)
            {
                faults.Add(new ApiFault($"/contents/{i}", "notice.content-missing"));
                continue;
            }

            CheckContent(faults, notice, i);
        }

        CheckLine(faults, "/reason", notice.Reason, LongestReason, sender.IsPublic ? null : "notice.reason-missing");
        CheckLine(faults, "/concerns", notice.Concerns, LongestConcerns);
        return faults;
    }

    private static void CheckContent(List<ApiFault> faults, PostNotice notice, int index)
    {
        var content = notice.Contents[index];
        var at = $"/contents/{index}";
        if (!Languages.Contains(content.Language, StringComparer.Ordinal))
        {
            faults.Add(new ApiFault(at + "/language", "notice.language-unknown"));
        }
        else if (notice.Contents.Take(index).Any(earlier => string.Equals(earlier?.Language, content.Language, StringComparison.Ordinal)))
        {
            faults.Add(new ApiFault(at + "/language", "notice.language-repeated"));
        }

        CheckLine(faults, at + "/title", content.Title, LongestTitle, "notice.title-missing");
        CheckLine(faults, at + "/summary", content.Summary, LongestSummary);
        CheckBody(faults, at + "/body", content.Body);
    }

    // What may be left out is left out by an empty text too.
    private static void CheckLine(List<ApiFault> faults, string pointer, string? text, int longest, string? missing = null)
    {
        if (missing is not null || !string.IsNullOrEmpty(text))
        {
            Add(faults, pointer, ReadableText.ViolationsInLine(text ?? "", longest), missing);
        }
    }

    // Markdown writes any character as an entity too, and what is read is the character.
    private static void CheckBody(List<ApiFault> faults, string pointer, string body)
    {
        const string Missing = "notice.body-missing";
        var violations = ReadableText.ViolationsInBlock(body, LongestBody);
        Add(faults, pointer, violations, Missing);
        Add(faults, pointer, ReadableText.ViolationsInBlock(HtmlHelper.Unescape(body, removeBackSlash: false), LongestBody).Except(violations), Missing);
        if (!violations.Contains(TextViolation.TooLong) && !NoticeMarkdown.IsReadable(body))
        {
            faults.Add(new ApiFault(pointer, "notice.body-too-complex"));
        }
    }

    private static void Add(List<ApiFault> faults, string pointer, IEnumerable<TextViolation> violations, string? missing) =>
        faults.AddRange(violations.Select(violation => new ApiFault(pointer, violation switch
        {
            TextViolation.Blank => missing ?? "notice.text-blank",
            TextViolation.TooLong => "notice.text-too-long",
            TextViolation.ControlCharacter => "notice.control-character",
            TextViolation.HiddenCharacter => "notice.hidden-character",
            _ => "notice.stacked-characters",
        })));
}
