using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class InboxPageTests
{
    [Theory]
    [InlineData("/inbox", "お知らせはまだありません"), InlineData("/inbox?tab=unread", "未読のお知らせはありません"), InlineData("/inbox?tab=todo", "期限のあるお知らせで、済んでいないものはありません")]
    public async Task An_empty_inbox_says_why(string path, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await (await portal.SignInAsync()).Browser.OpenAsync(path);

        page.Heading().ShouldBe("受信箱");
        page.QuerySelector(".empty-state h2").Words().ShouldBe(words);
        page.QuerySelector(".notice-list").ShouldBeNull();
    }

    [Fact]
    public async Task A_row_tells_sender_kind_state_due_date_and_what_it_concerns()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var letter = TestSender.Letter(await city.CodeOfAsync(hanako.Citizen), "固定資産税のお知らせ") with { DueOn = new DateOnly(2030, 11, 30), Concerns = "あなたの家屋" };
        using var posted = await city.PostAsync(letter);

        var row = (await hanako.Browser.OpenAsync("/inbox")).QuerySelectorAll(".notice-row").ShouldHaveSingleItem();

        row.QuerySelector("h2 > a").Words().ShouldBe("未読 新着 固定資産税のお知らせ");
        row.QuerySelector(".notice-row-head").Words().ShouldStartWith("さくら市 行政 ");
        row.QuerySelectorAll(".notice-row-facts > p").Select(p => p.Words()).ShouldBe(["期限 2030年11月30日", "対象：あなたの家屋"]);
    }

    [Fact]
    public async Task Tabs_and_title_count_what_is_unread()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        await city.SendAsync(hanako.Citizen, "一");
        await city.SendAsync(hanako.Citizen, "二");
        var page = await hanako.Browser.OpenAsync("/inbox");
        page.Title.ShouldBe("受信箱（未読2件） – マイ・ポータル");
        page.QuerySelectorAll(".tabs a").Select(a => a.Words()).ShouldBe(["すべて", "未読（2）", "要対応"]);
        page.QuerySelector(".tabs [aria-current=page]").Words().ShouldBe("すべて");

        await hanako.Browser.OpenAsync(page.QuerySelector(".notice-row a")!.GetAttribute("href")!);

        var unread = await hanako.Browser.OpenAsync("/inbox?tab=unread");
        unread.Title.ShouldBe("受信箱（未読1件） – マイ・ポータル");
        unread.QuerySelector(".tabs [aria-current=page]").Words().ShouldBe("未読（1）");
        unread.QuerySelectorAll(".notice-row h2").ShouldHaveSingleItem().Words().ShouldBe("未読 新着 一");
        (await hanako.Browser.OpenAsync("/inbox")).QuerySelectorAll(".notice-row h2").Select(h => h.Words()).ShouldBe(["二 既読", "未読 新着 一"]);
    }

    [Fact]
    public async Task A_title_is_in_the_language_of_the_page_or_names_its_own()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(hanako.Citizen);
        using var one = await city.PostAsync(TestSender.Letter(code, "日本語だけ"));
        using var two = await city.PostAsync(TestSender.Letter(code) with { Contents = [new NoticeContent("ja", "二つの言語", "本文"), new NoticeContent("en", "Two languages", "Text")] });

        var titles = (await hanako.Browser.OpenAsync("/inbox", "en")).QuerySelectorAll(".notice-row h2 span[lang]");

        titles.Select(t => (t.Words(), t.GetAttribute("lang"))).ShouldBe([("Two languages", "en"), ("日本語だけ", "ja")]);
    }

    [Theory]
    [InlineData("/inbox?tab=unread&older=1", "/inbox?tab=unread"), InlineData("/inbox?older=1", "/inbox"), InlineData("/inbox?newer=99", "/inbox"), InlineData("/inbox?tab=todo&older=5", "/inbox?tab=todo")]
    public async Task An_empty_page_beyond_the_end_leads_to_the_newest_and_claims_nothing(string path, string newest)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        await city.SendAsync(hanako.Citizen);

        var empty = (await hanako.Browser.OpenAsync(path)).QuerySelector(".empty-state");

        empty.ShouldNotBeNull().QuerySelector("h2").Words().ShouldBe("この先には何もありません");
        empty.QuerySelector("a")!.GetAttribute("href").ShouldBe(newest);
    }

    [Fact]
    public async Task Who_reads_english_is_told_what_exists_only_in_japanese()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(hanako.Citizen);
        using var one = await city.PostAsync(TestSender.Letter(code, "日本語だけ") with { Concerns = "家屋" });
        using var two = await city.PostAsync(TestSender.Letter(code) with { Contents = [new NoticeContent("ja", "二つの言語", "本文"), new NoticeContent("en", "Two languages", "Text")] });

        var rows = (await hanako.Browser.OpenAsync("/inbox", "en")).QuerySelectorAll(".notice-row");

        rows[0].QuerySelector("h2").Words().ShouldBe("Unread New Two languages");
        rows[1].QuerySelector("h2").Words().ShouldBe("Unread New 日本語だけ (in Japanese)");
        rows.ShouldAllBe(row => row.QuerySelector(".notice-row-head").Words().StartsWith("さくら市 (in Japanese) ", StringComparison.Ordinal));
        rows[1].QuerySelector(".notice-row-concerns").Words().ShouldBe("Concerns: 家屋 (in Japanese)");
        foreach (var language in new[] { "ja-JP", "ja-Hira" })
        {
            (await hanako.Browser.OpenAsync("/inbox", language)).QuerySelector(".said-in").ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_long_inbox_leads_to_older_and_back_to_newer_notices()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(hanako.Citizen);
        for (var number = 1; number <= 21; number++)
        {
            using var posted = await city.PostAsync(TestSender.Letter(code, $"その{number}"));
        }

        var first = await hanako.Browser.OpenAsync("/inbox");
        first.QuerySelectorAll(".notice-row").Length.ShouldBe(20);
        var older = await hanako.Browser.OpenAsync(first.QuerySelectorAll("nav.older-newer a").ShouldHaveSingleItem().GetAttribute("href")!);
        older.QuerySelectorAll(".notice-row h2").ShouldHaveSingleItem().Words().ShouldEndWith("その1");
        var newer = await hanako.Browser.OpenAsync(older.QuerySelectorAll("nav.older-newer a").ShouldHaveSingleItem().GetAttribute("href")!);
        newer.QuerySelector(".notice-row h2").Words().ShouldEndWith("その21");
    }
}
