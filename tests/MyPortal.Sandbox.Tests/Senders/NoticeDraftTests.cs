using MyPortal.Contracts.SandboxScenario;
using MyPortal.Contracts.SenderApi;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Senders;

/// <summary>The invented notices keep the limits of the sender API, so that none is refused in the middle of seeding.</summary>
public sealed class NoticeDraftTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("senders-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_notice_speaks_three_languages_within_the_limits()
    {
        foreach (var draft in Drafts().Select(d => d.Draft))
        {
            draft.Contents.Select(c => c.Language).ShouldBe(["ja", "en", "ja-Hira"]);
            foreach (var content in draft.Contents)
            {
                content.Title.Length.ShouldBeInRange(1, 60, content.Title);
                content.Body.Length.ShouldBeInRange(1, 20_000);
                content.Summary!.Length.ShouldBeInRange(1, 120, content.Summary);
            }
            (draft.Concerns ?? "").Length.ShouldBeLessThanOrEqualTo(100);
        }
    }

    [Fact]
    public void A_private_sender_always_says_why_it_writes()
    {
        foreach (var (sender, draft) in Drafts().Where(d => d.Sender.Kind is SenderKind.Private))
        {
            draft.Reason.ShouldNotBeNullOrWhiteSpace($"{sender.Id}/{draft.Key}");
            draft.Reason.Length.ShouldBeLessThanOrEqualTo(200);
        }
    }

    [Fact]
    public void Easy_Japanese_has_no_kanji() =>
        Drafts().SelectMany(d => d.Draft.Contents).Where(c => c.Language is "ja-Hira")
            .ShouldAllBe(c => !(c.Title + c.Body + c.Summary).Any(letter => letter >= '一' && letter <= '鿿'));

    [Fact]
    public void The_senders_use_every_kind_of_notice() =>
        Drafts().Select(d => d.Draft.Type).Distinct().Order().ShouldBe(Enum.GetValues<NoticeType>());

    private IEnumerable<(SandboxSender Sender, NoticeDraft Draft)> Drafts() =>
        SandboxSender.All(new DataFolder(folder)).SelectMany(s => s.DraftsOn(new DateOnly(2026, 11, 21)).Select(d => (s, d)));
}
