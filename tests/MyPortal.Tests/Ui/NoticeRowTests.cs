using AngleSharp.Dom;
using Bunit;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class NoticeRowTests : ComponentTest
{
    [Fact]
    public void An_unread_row_reads_its_state_before_its_title()
    {
        var row = Row(isUnread: true);

        row.ClassName!.ShouldContain("notice-row-unread");
        Words(row.QuerySelector("h2 > a")!).ShouldBe("未読 固定資産税のお知らせ");
        row.QuerySelector("h2 > a")!.GetAttribute("href").ShouldBe("/inbox/1");
    }

    [Fact]
    public void A_read_row_says_so_to_those_who_do_not_see_it()
    {
        var row = Row(isUnread: false);

        row.ClassName!.ShouldNotContain("notice-row-unread");
        Words(row.QuerySelector("h2 > a")!).ShouldBe("固定資産税のお知らせ 既読");
    }

    [Fact]
    public void A_row_says_who_what_kind_and_when()
    {
        var head = Row(isUnread: true).QuerySelector(".notice-row-head")!;

        Words(head).ShouldBe("さくら市 税務課 行政 11月20日");
        head.QuerySelector(".chip")!.ClassName!.ShouldContain("chip-public");
    }

    [Fact]
    public void Below_a_heading_of_its_own_a_row_is_one_level_lower()
    {
        Row(isUnread: true, isInPart: true).QuerySelector("h3 > a").ShouldNotBeNull();
        Row(isUnread: true, isInPart: true).QuerySelector("h2").ShouldBeNull();
    }

    private IElement Row(bool isUnread, bool isInPart = false) => Render<NoticeRow>(p => p
        .Add(r => r.Href, "/inbox/1").Add(r => r.Title, "固定資産税のお知らせ").Add(r => r.From, "さくら市 税務課").Add(r => r.Kind, "行政")
        .Add(r => r.KindTone, ChipTone.Public).Add(r => r.At, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)).Add(r => r.IsUnread, isUnread).Add(r => r.IsInPart, isInPart)).Find("li");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
