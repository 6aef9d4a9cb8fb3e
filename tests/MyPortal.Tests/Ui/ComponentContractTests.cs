using Bunit;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class ComponentContractTests : ComponentTest
{
    private static readonly FieldProblem NoName = new("name", Words("名前を入力してください"));

    [Fact]
    public void The_error_summary_speaks_up_and_links_to_each_field()
    {
        var summary = Render<ErrorSummary>(p => p.Add(s => s.Problems, [NoName])).Find("div");

        summary.GetAttribute("role").ShouldBe("alert");
        summary.GetAttribute("tabindex").ShouldBe("-1");
        summary.QuerySelector("h2")!.TextContent.ShouldBe("入力内容を確認してください");
        var link = summary.QuerySelector("li a")!;
        link.GetAttribute("href").ShouldEndWith("#name");
        link.TextContent.ShouldBe("名前を入力してください");
    }

    [Fact]
    public void Without_errors_there_is_no_summary() => Render<ErrorSummary>(p => p.Add(s => s.Problems, [])).Markup.ShouldBeEmpty();

    [Theory]
    [InlineData(BannerKind.Success, "完了："), InlineData(BannerKind.Information, "お知らせ："), InlineData(BannerKind.Warning, "注意："), InlineData(BannerKind.Error, "エラー：")]
    public void A_banner_says_its_kind_in_words(BannerKind kind, string word)
    {
        var banner = Render<ResultBanner>(p => p.Add(b => b.Kind, kind).Add(b => b.Title, "保存しました")).Find("section");

        banner.GetAttribute("role").ShouldBe("status");
        banner.GetAttribute("tabindex").ShouldBe("-1");
        banner.QuerySelector($"#{banner.GetAttribute("aria-labelledby")}")!.TextContent.ShouldBe(word + "保存しました");
    }

    [Fact]
    public void A_chip_is_words_in_a_span() =>
        Render<Chip>(p => p.Add(c => c.Tone, ChipTone.Public).AddChildContent("行政")).MarkupMatches("<span class=\"chip chip-public\">行政</span>");

    [Theory]
    [InlineData(3, "3"), InlineData(99, "99"), InlineData(100, "99+")]
    public void A_badge_shows_a_number_and_reads_a_sentence(int count, string shown)
    {
        var badge = Render<Badge>(p => p.Add(b => b.Count, count).Add(b => b.Text, $"未読{count}件"));

        badge.Find("[aria-hidden=true]").TextContent.ShouldBe(shown);
        badge.Find(".visually-hidden").TextContent.ShouldBe($"未読{count}件");
    }

    [Fact]
    public void A_badge_for_nothing_is_nothing() => Render<Badge>(p => p.Add(b => b.Count, 0).Add(b => b.Text, "未読0件")).Markup.ShouldBeEmpty();

    [Fact]
    public void An_empty_state_says_what_why_and_where_next()
    {
        var empty = Render<EmptyState>(p => p.Add(e => e.Title, "お知らせはまだありません").AddChildContent("届くとここに表示します").Add(e => e.Href, "/help").Add(e => e.LinkText, "ヘルプ"));

        empty.Find("h2").TextContent.ShouldBe("お知らせはまだありません");
        empty.Find("p").TextContent.ShouldBe("届くとここに表示します");
        empty.Find("a[href='/help']").TextContent.ShouldBe("ヘルプ");
    }

    [Fact]
    public void A_summary_row_names_what_its_link_changes()
    {
        var row = Render<SummaryList>(p => p.AddChildContent<SummaryRow>(r => r.Add(x => x.Key, "メール").AddChildContent("a@example.jp").Add(x => x.ChangeHref, "/account/mail")));

        row.Find("dl > div > dt").TextContent.ShouldBe("メール");
        row.Find("dl > div > dd").TextContent.ShouldBe("a@example.jp");
        row.Find("a").TextContent.ShouldBe("メール 変える");
    }

    [Fact]
    public void Tabs_are_named_links_and_one_of_them_is_here()
    {
        var tabs = Render<TabLinks>(p => p.Add(t => t.Label, "表示").Add(t => t.Tabs, [new("/inbox", Words("すべて"), IsCurrent: true), new("/inbox?tab=unread", Words("未読"), Count: 3), new("/inbox?tab=bin", Words("ごみ箱"), Count: 0)]));

        tabs.Find("nav").GetAttribute("aria-label").ShouldBe("表示");
        tabs.Find("[aria-current=page]").TextContent.ShouldBe("すべて");
        tabs.FindAll("li a").Select(a => a.TextContent).ShouldBe(["すべて", "未読（3）", "ごみ箱"]);
    }

    [Fact]
    public void Older_and_newer_are_links_of_a_named_navigation()
    {
        var pages = Render<OlderNewer>(p => p.Add(o => o.OlderHref, "/inbox?before=1"));

        pages.Find("nav").GetAttribute("aria-label").ShouldBe("ページ");
        pages.FindAll("a").ShouldHaveSingleItem().TextContent.ShouldBe("古いもの");
        Render<OlderNewer>().Markup.ShouldBeEmpty();
    }

    [Fact]
    public void A_back_link_names_where_it_leads() =>
        Render<BackLink>(p => p.Add(b => b.Href, "/inbox").Add(b => b.Text, "受信箱に戻る")).Find("a[href='/inbox']").TextContent.ShouldBe("受信箱に戻る");

    [Fact]
    public void A_part_that_failed_says_that_the_rest_works() => Render<PartError>().Find("p").TextContent.ShouldContain("ほかの情報は使えます");

    [Fact]
    public void A_form_carries_the_proof_that_it_is_ours()
    {
        var form = Render<FormPost>(p => p.Add(f => f.Action, "/logout")).Find("form");

        form.GetAttribute("method").ShouldBe("post");
        form.HasAttribute("data-enhance").ShouldBeFalse();
        form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value").ShouldBe("token");
    }

    [Fact]
    public void A_question_offers_the_safe_way_first()
    {
        var page = Render<ConfirmPage>(p => p
            .Add(c => c.Question, "パスキーを消しますか").Add(c => c.Action, "/account/passkeys/1/remove")
            .Add(c => c.BackHref, "/account").Add(c => c.BackText, "消さずに戻る").Add(c => c.ConfirmText, "消す").Add(c => c.Fields, "<input name=\"silent\" />"));

        page.Find("h1").TextContent.ShouldBe("パスキーを消しますか");
        page.FindAll("form > .actions > .button").Select(b => b.TextContent).ShouldBe(["消さずに戻る", "消す"], "both buttons stand together, below whatever is asked");
        page.Find("form a").GetAttribute("href").ShouldBe("/account");
    }
}
