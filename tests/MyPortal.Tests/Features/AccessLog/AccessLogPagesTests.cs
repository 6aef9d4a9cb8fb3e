using System.Net;
using MyPortal.Audit;
using MyPortal.Features.AccessLog;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Features.SelfInformation;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.AccessLog;

/// <summary>The access log against a real hub.</summary>
public sealed class AccessLogPagesTests
{
    // What concerns no citizen stands in the console's list of records only.
    private static readonly AccessEvent[] OfSendersAndOperators =
    [
        AccessEvent.SenderWebhookChanged, AccessEvent.SenderEventDead, AccessEvent.AppointmentMade, AccessEvent.AppointmentApproved, AccessEvent.OperatorAppointed,
        AccessEvent.OperatorSignedIn, AccessEvent.OperatorEnded, AccessEvent.SenderDrafted, AccessEvent.SenderSubmitted, AccessEvent.SenderApproved,
        AccessEvent.SenderReturned, AccessEvent.SenderSuspended, AccessEvent.SenderResumed, AccessEvent.SenderKeyAdded, AccessEvent.SenderKeyRevoked,
        AccessEvent.RecordsListed, AccessEvent.ChainChecked,
    ];

    [Fact]
    [Requirement(96)]
    [Requirement(101)]
    public async Task Each_request_is_one_line_with_four_steps_joined_from_both_records()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await SelfInformationPagesTests.AskForAsync(hanako.Browser, "ja-JP", "residence");
        await portal.Hub.StopAsync(TestHub.PensionAgency);
        await SelfInformationPagesTests.AskForAsync(hanako.Browser, "ja-JP", "pension");

        var page = await AskAsync(hanako.Browser);

        var uses = page.QuerySelectorAll(".log-use");
        uses.Length.ShouldBe(4, "one of the city, two of the agency, and this asking");
        var city = uses.Single(use => use.QuerySelector("h3").Words() == "さくら市に、あなたがたずねました");
        city.QuerySelector(".chip").Words().ShouldBe("届いた");
        city.QuerySelectorAll(".log-steps li").Length.ShouldBe(4);
        city.QuerySelectorAll(".log-steps time").Length.ShouldBe(4);
        city.Words().ShouldContain("ご本人が、自分の住民票の情報を見るため");
        city.QuerySelector("dd").Words().ShouldBe("住所、世帯主との続柄、世帯の人数、住民となった日");
        city.QuerySelectorAll("dd")[1].Words().ShouldContain("番号利用法");
        city.QuerySelector(".note").ShouldBeNull();
        uses.Count(use => use.Words().Contains("機関が止まっていました", StringComparison.Ordinal)).ShouldBe(2);
        var own = uses.Where(use => use.Words().Contains("この記録を取り寄せるための問い合わせです", StringComparison.Ordinal)).ShouldHaveSingleItem();
        own.QuerySelector("h3").Words().ShouldBe("あなたが利用の記録を取り寄せました");
        own.Words().ShouldContain("この取り寄せの完了は、次回に表示します");
    }

    [Theory]
    [InlineData("ja-JP", "利用の記録を取り寄せました"), InlineData("en", "You asked the linkage hub")]
    public async Task The_home_page_says_that_the_person_fetched_the_log(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await AskAsync(hanako.Browser);

        (await hanako.Browser.OpenAsync("/", language)).QuerySelector("[aria-labelledby=uses-title] li").Words().ShouldContain(words);
    }

    [Theory]
    [InlineData("ja-JP", "ハブの記録がありません"), InlineData("en", "The hub’s part is missing"), InlineData("ja-Hira", "しくみの")]
    [Requirement(97)]
    public async Task When_the_hub_is_silent_its_part_is_missing_and_the_portals_part_is_there(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await SelfInformationPagesTests.AskForAsync(hanako.Browser, "ja-JP", "residence");
        await portal.Hub.StopAsync(TestHub.Id);

        var page = await AskAsync(hanako.Browser, language);

        page.QuerySelector(".log-coverage").Words().ShouldContain(words);
        page.QuerySelectorAll(".log-use").Length.ShouldBe(2);
        page.QuerySelectorAll(".log-use .note").ShouldBeEmpty("nothing can be compared");
        page.QuerySelector(".empty-state").ShouldBeNull();
    }

    [Fact]
    public async Task The_portals_own_records_name_what_happened_and_page_by_page_nothing_is_lost()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        for (var number = 0; number < 25; number++)
        {
            await hanako.Browser.OpenAsync("/inbox");
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await hanako.Browser.OpenAsync("/access-log/portal");
        page.QuerySelectorAll(".log-acts li").Length.ShouldBe(20);
        page.QuerySelector(".log-acts li").Words().ShouldContain("受信箱の一覧を開きました");
        var older = await hanako.Browser.OpenAsync(page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        older.QuerySelectorAll(".log-acts li").Length.ShouldBe(5);
        var newer = await hanako.Browser.OpenAsync(older.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        newer.QuerySelectorAll(".log-acts li").Length.ShouldBe(20);
    }

    [Theory]
    [InlineData("ja-JP", "代理人 山田 花子さん", "招待コードを使った人"), InlineData("en", "Your proxy 山田 花子", "Whoever used the invitation code")]
    public async Task What_a_proxy_did_stands_in_the_principals_log_under_the_proxys_certified_name(string language, string named, string unnamed)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var invited = await fixture.InviteAsync();
        await fixture.ClaimAsync(invited.Code);
        (await fixture.Father.Browser.OpenAsync("/access-log/portal", language)).QuerySelectorAll(".log-acts li").ShouldContain(act => act.Words().Contains(unnamed, StringComparison.Ordinal));
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        await fixture.Daughter.Browser.OpenAsync($"/p/{id}/inbox/{notice}");

        var his = await fixture.Father.Browser.OpenAsync("/access-log/portal", language);
        var hers = await fixture.Daughter.Browser.OpenAsync("/access-log/portal", language);

        his.QuerySelectorAll(".log-acts li").Count(act => act.Words().Contains(named, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2, "signing and opening");
        hers.QuerySelector("main").Words().ShouldNotContain(language is "en" ? "Your proxy" : "代理人 山田");
    }

    [Fact]
    public async Task Every_event_has_words_in_three_languages()
    {
        await using var portal = await TestPortal.StartAsync();
        var texts = portal.Get<MyPortal.Ui.PageText<AccessLogTexts>>();

        Enum.GetValues<AccessEvent>().Except(OfSendersAndOperators).ShouldAllBe(what => texts.Has($"act.{what}"));
        Enum.GetNames<ActorKind>().ShouldAllBe(name => texts.Has($"by.{name}"));
        Enum.GetNames<MyPortal.Features.AccessLog.Uses.UseFinding>().ShouldAllBe(name => texts.Has($"finding.{name}"));
    }

    [Theory]
    [InlineData("/access-log"), InlineData("/access-log/portal")]
    public async Task An_empty_page_beyond_the_end_leads_to_the_newest(string path)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();

        var empty = (await hanako.Browser.OpenAsync($"{path}?older={new ListPosition(DateTimeOffset.UnixEpoch, Guid.Empty)}")).QuerySelector(".empty-state").ShouldNotBeNull();

        empty.QuerySelector("h2").Words().ShouldBe("この先には何もありません");
        empty.QuerySelector("a")!.GetAttribute("href").ShouldBe(path);
    }

    [Theory]
    [EveryDatabase]
    public async Task Lists_go_back_and_forth_without_gap_or_double_also_within_one_instant(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var hanako = await portal.SignInAsync();
        await using (var db = portal.OpenDatabase())
        {
            for (var number = 0; number < 7; number++)
            {
                portal.Get<AuditTrail>().AddLinkage(db, AccessEvent.HolderAsked, hanako.Citizen, Guid.NewGuid(), "city", "row", "ok:1");
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var list = portal.Get<ListRecords>();
        List<Guid> seen = [];
        ListPosition? next = null;
        do
        {
            var page = await list.ListUsesAsync(hanako.Viewer, new RecordQuery(next) { PageSize = 3 }, TestContext.Current.CancellationToken);
            seen.AddRange(page.Rows.Select(use => use.RequestId));
            next = page.Older;
        }
        while (next is not null);

        seen.Count.ShouldBe(7);
        seen.ShouldBeUnique();
        (await list.ListUsesAsync((await portal.SignInAsync()).Viewer, new RecordQuery(), TestContext.Current.CancellationToken)).Rows.ShouldBeEmpty("another citizen's records are not there");
    }

    [Fact]
    public async Task The_home_page_shows_the_last_uses_without_asking_the_hub()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        (await hanako.Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby=uses-title]").Words().ShouldContain("記録はありません");
        await SelfInformationPagesTests.AskForAsync(hanako.Browser, "ja-JP", "residence");
        portal.Hub.Paths.Clear();

        var tile = (await hanako.Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby=uses-title]");

        tile.Words().ShouldContain("さくら市にたずねた");
        portal.Hub.Paths.ShouldBeEmpty();
    }

    private static async Task<AngleSharp.Dom.IDocument> AskAsync(HttpClient browser, string language = "ja-JP")
    {
        using var answer = await browser.SubmitAsync((await browser.OpenAsync("/access-log")).QuerySelector("form[action='/access-log/ask']")!);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var address = answer.Headers.Location!.OriginalString;
        await browser.OpenAsync(address, language);
        return await browser.OpenAsync(address, language);
    }
}
