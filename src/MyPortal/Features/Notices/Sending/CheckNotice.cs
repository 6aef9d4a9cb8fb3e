using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders.Public;

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

        if (!sender.IsPublic && string.IsNullOrWhiteSpace(notice.Reason))
        {
            faults.Add(new ApiFault("/reason", "notice.reason-missing"));
        }

        CheckLine(faults, "/reason", notice.Reason, LongestReason);
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

        if (string.IsNullOrWhiteSpace(content.Title))
        {
            faults.Add(new ApiFault(at + "/title", "notice.title-missing"));
        }

        if (string.IsNullOrWhiteSpace(content.Body))
        {
            faults.Add(new ApiFault(at + "/body", "notice.body-missing"));
        }

        CheckLine(faults, at + "/title", content.Title, LongestTitle);
        CheckLine(faults, at + "/summary", content.Summary, LongestSummary);
        if (content.Body.Length > LongestBody)
        {
            faults.Add(new ApiFault(at + "/body", "notice.text-too-long"));
        }
    }

    private static void CheckLine(List<ApiFault> faults, string pointer, string? text, int longest)
    {
        if (text is null)
        {
            return;
        }

        if (text.EnumerateRunes().Count() > longest)
        {
            faults.Add(new ApiFault(pointer, "notice.text-too-long"));
        }

        if (text.Any(char.IsControl))
        {
            faults.Add(new ApiFault(pointer, "notice.control-character"));
        }
    }
}
