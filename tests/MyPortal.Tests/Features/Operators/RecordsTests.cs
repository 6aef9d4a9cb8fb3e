using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Senders.Admission;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Operators;

public sealed class RecordsTests
{
    [Fact]
    public async Task An_auditor_reads_who_did_what_with_before_after_and_reason()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();
        await fixture.SuspendAsync(id);
        await fixture.Portal.SealRecordsAsync();

        var page = await fixture.Auditor.Browser.OpenAsync($"/admin/audit?thing={id}");

        var newest = page.QuerySelector(".console-records > li").ShouldNotBeNull();
        newest.QuerySelector("h2").Words().ShouldEndWith("送信元の停止");
        newest.QuerySelectorAll("dd").ShouldContain(dd => dd.Words().StartsWith("運用者 受付 一郎", StringComparison.Ordinal));
        newest.QuerySelector("del").Words().ShouldBe("削除：Live");
        newest.QuerySelector("ins").Words().ShouldBe("追加：Suspended");
        newest.Words().ShouldContain("理由 苦情が多いため");
        page.QuerySelectorAll(".console-records > li").Select(li => li.QuerySelector("h2").Words().Split(' ')[1]).ShouldBe(["送信元の停止", "送信元の承認", "送信元の申請", "送信元の下書き"]);
    }

    [Fact]
    public async Task An_empty_page_beyond_the_end_leads_to_the_newest_of_the_same_search()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();
        await fixture.Portal.SealRecordsAsync();

        var empty = (await fixture.Auditor.Browser.OpenAsync($"/admin/audit?thing={id}&before=0")).QuerySelector(".empty-state").ShouldNotBeNull();

        empty.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/admin/audit?thing={id}");
    }

    [Fact]
    public async Task Every_event_has_words_in_the_console()
    {
        await using var portal = await TestPortal.StartAsync();
        var texts = portal.Get<MyPortal.Ui.PageText<MyPortal.Features.Operators.ConsoleTexts>>();

        Enum.GetValues<AccessEvent>().ShouldAllBe(what => texts.Has($"event.{what}"));
    }

    [Fact]
    public async Task Words_that_were_changed_beside_a_record_are_noticed()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();
        await fixture.Portal.SealRecordsAsync();
        await using (var db = fixture.Portal.OpenDatabase())
        {
            var changes = await db.Set<ChangeRecord>().AsNoTracking().Take(2).ToListAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlAsync($"UPDATE ChangeRecords SET SealedChange = {changes[0].SealedChange} WHERE RecordId <> {changes[0].RecordId}", TestContext.Current.CancellationToken);
        }

        var page = await fixture.Auditor.Browser.OpenAsync($"/admin/audit?thing={id}");

        page.QuerySelectorAll(".chip-error").Count(chip => chip.Words() == "前後の内容が記録と合いません").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page_without_gap_or_repetition_and_reading_it_is_recorded()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        for (var i = 0; i < ReadAccessRecords.PageSize; i++)
        {
            await fixture.Auditor.PressAsync("/admin/audit/check");
        }

        await fixture.Portal.SealRecordsAsync();
        var seen = new List<string>();
        var address = $"/admin/audit?person={fixture.Auditor.Id}";
        while (address is not null)
        {
            var page = await fixture.Auditor.Browser.OpenAsync(address);
            seen.AddRange(page.QuerySelectorAll(".console-records .reference").Select(place => place.Words()));
            address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        seen.Distinct(StringComparer.Ordinal).Count().ShouldBe(seen.Count);
        seen.Count.ShouldBeGreaterThan(ReadAccessRecords.PageSize);
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.RecordsListed, TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task The_check_finds_a_changed_record_and_says_from_where()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        await fixture.Portal.SealRecordsAsync();
        await fixture.Auditor.PressAsync("/admin/audit/check");
        var good = await fixture.Auditor.Browser.OpenAsync("/admin/audit");
        await using (var db = fixture.Portal.OpenDatabase())
        {
            await db.Database.ExecuteSqlAsync($"UPDATE AccessRecords SET Outcome = 'x' WHERE Sequence = 2", TestContext.Current.CancellationToken);
        }

        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.Auditor.PressAsync("/admin/audit/check");
        var bad = await fixture.Auditor.Browser.OpenAsync("/admin/audit");

        good.QuerySelector("section.card").Words().ShouldContain("すべての記録がつながっています。");
        bad.QuerySelector("section.card").Words().ShouldContain("記録のつながりに異常があります：2から");
    }

    [Theory]
    [InlineData("DELETE FROM ChangeRecords", "記録のつながりに異常があります：1から")]
    [InlineData("UPDATE AuditSeals SET KeyThumbprint = zeroblob(32), Signature = zeroblob(64)", "別の鍵で封印されています：1から")]
    [InlineData("DELETE FROM ChangeRecords; DELETE FROM AuditSeals; DELETE FROM AccessRecords", "記録の終わりがなくなっています：1から")]
    public async Task The_check_says_what_is_wrong(string sql, string words)
    {
        await using var fixture = await AdmissionFixture.CreateAsync(isStill: true);
        await fixture.Portal.SealRecordsAsync();
        await using (var db = fixture.Portal.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }

        await fixture.Auditor.PressAsync("/admin/audit/check");

        var shown = await fixture.Auditor.Browser.OpenAsync("/admin/audit");
        shown.QuerySelector("section.card").Words().ShouldContain(words);
        shown.QuerySelector("section.card .hint").Words().ShouldStartWith("見つけられないもの");
    }

    [Fact]
    public async Task Unknown_callers_are_shown_by_block_and_number()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var stranger = fixture.Portal.Browser();
        for (var i = 0; i < 3; i++)
        {
            using var refused = await stranger.GetAsync($"/api/v1/notices/{Guid.Empty}", TestContext.Current.CancellationToken);
        }

        await fixture.Portal.UnknownCallersAsync();

        var page = await fixture.Auditor.Browser.OpenAsync("/admin/audit");
        page.QuerySelector("section[aria-labelledby=unknown-title] li").Words().ShouldBe("- auth.missing-token 3回");
    }

    [Fact]
    public async Task A_word_that_is_no_identifier_finds_nothing()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        await fixture.Portal.SealRecordsAsync();

        var page = await fixture.Auditor.Browser.OpenAsync("/admin/audit?person=x%27%20or%201=1");

        page.QuerySelector(".empty-state").Words().ShouldBe("記録はありません");
    }

    [Theory, EveryDatabase]
    public async Task Filters_by_person_thing_and_time_work_on_every_engine(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Audit);
        await ichiro.Browser.OpenAsync("/admin");
        await portal.SealRecordsAsync();
        await using var db = portal.OpenDatabase();
        var read = portal.Get<ReadAccessRecords>();
        var now = portal.Clock.Now();

        (await read.ListAsync(db, new RecordFilter(Person: ichiro.Id.Value), null, CancellationToken.None)).Records.Count.ShouldBe(2);
        (await read.ListAsync(db, new RecordFilter(Thing: ichiro.Acting.Viewer.Session.Value), null, CancellationToken.None)).Records.ShouldHaveSingleItem().Record.Event.ShouldBe(AccessEvent.OperatorSignedIn);
        (await read.ListAsync(db, new RecordFilter(From: now.AddSeconds(1)), null, CancellationToken.None)).Records.ShouldBeEmpty();
        (await read.ListAsync(db, new RecordFilter(Until: now), null, CancellationToken.None)).Records.ShouldBeEmpty();
        (await read.ListAsync(db, new RecordFilter(From: now, Until: now.AddSeconds(1)), null, CancellationToken.None)).Records.Count.ShouldBe(3);
    }
}
