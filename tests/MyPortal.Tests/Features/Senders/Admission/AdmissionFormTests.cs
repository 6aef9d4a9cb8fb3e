using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Senders;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Admission;

/// <summary>What the forms of the console say about faults.</summary>
public sealed class AdmissionFormTests
{
    [Theory]
    [InlineData("clientId", "Hinode Gas", "接続名を"), InlineData("name", "", "名前を"), InlineData("about", "", "市民への説明を"), InlineData("quotaPerMinute", "0", "1分は"),
     InlineData("quotaPerDay", "59", "1分は"), InlineData("service-0-name", "", "サービスを"), InlineData("service-0-basis", "Law", "根拠の内容を"), InlineData("reason", "", "理由を")]
    public async Task A_fault_is_said_at_its_field_and_nothing_is_kept(string field, string value, string words)
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        (string, string)[] typed =
        [
            .. new (string Name, string Value)[]
            {
                ("clientId", "hinode-gas"), ("name", "ひのでガス"), ("kind", "Private"), ("about", "ガス会社です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
                ("service-0-name", "検針"), ("service-0-basis", "Consent"), ("service-0-basisText", "電子交付"), ("reason", "新規"),
            }.Where(one => one.Name != field),
            (field, value),
        ];

        using var answer = await fixture.Ichiro.FillInAsync("/admin/senders/new", "sender", typed);
        var page = await ReadPage.ParseAsync(answer);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.QuerySelector(".error-summary").Words().ShouldContain(words);
        page.Title!.ShouldStartWith("エラー：");
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<Sender>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task All_faults_of_a_form_are_said_at_once_each_with_its_field_and_everything_typed_stays()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();

        using var answer = await fixture.Ichiro.FillInAsync(
            "/admin/senders/new", "sender", ("clientId", "Hinode Gas"), ("name", ""), ("kind", "Private"), ("about", "ガス会社です。"), ("quotaPerMinute", "六十"), ("quotaPerDay", "1千"),
            ("service-0-name", "検針"), ("service-0-basis", "Law"), ("service-0-basisText", "電子交付"), ("service-0-topics", "検針\n請求"), ("corporateNumber", "12"), ("contact", ""), ("returnAddresses", "http://"),
            ("messageAddress", "nowhere"), ("reason", ""));
        var page = await ReadPage.ParseAsync(answer);

        var fields = page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ToList();
        fields.ShouldBe(["clientId", "name", "quotaPerMinute", "quotaPerDay", "service-0-basisText", "corporateNumber", "contact", "returnAddresses", "messageAddress", "reason"]);
        fields.ShouldAllBe(field => page.GetElementById(field)!.GetAttribute("aria-invalid") == "true");
        page.GetElementById("clientId")!.GetAttribute("value").ShouldBe("Hinode Gas");
        page.GetElementById("quotaPerMinute")!.GetAttribute("value").ShouldBe("六十");
        page.GetElementById("quotaPerDay")!.GetAttribute("value").ShouldBe("1千");
        page.GetElementById("service-0-topics")!.TextContent.ShouldBe("検針\n請求");
        page.GetElementById("returnAddresses")!.TextContent.ShouldBe("http://");
        page.GetElementById("corporateNumber")!.GetAttribute("value").ShouldBe("12");
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_leads_to_the_one_application_it_wrote_and_other_words_to_a_refusal()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();

        var first = await fixture.WriteAsync();
        var second = await fixture.WriteAsync();
        using var other = await fixture.Ichiro.FillInAsync(
            "/admin/senders/new", "sender", ("clientId", "hinode-gas"), ("name", "ひのでガス東"), ("kind", "Private"), ("about", "ガス会社です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "検針"), ("service-0-basis", "Consent"), ("service-0-basisText", "電子交付"), ("reason", "新規"));

        second.ShouldBe(first);
        (await ReadPage.ParseAsync(other)).QuerySelector(".error-summary").Words().ShouldContain("もう使われています");
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<ChangeRequest>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task Both_faults_of_a_suspension_are_said_at_once()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();

        using var answer = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/suspend", "suspend", ("reason", ""), ("citizenText", ""));
        var page = await ReadPage.ParseAsync(answer);

        page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ShouldBe(["reason", "citizenText"]);
        page.QuerySelectorAll("form > .actions > .button").Select(button => button.Words()).ShouldBe(["止めずに戻る", "送信を止める"]);
    }

    [Fact]
    public async Task Both_faults_of_a_key_are_said_at_once_and_what_was_typed_stays()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();

        using var answer = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", ("purpose", "Live"), ("ends", "1999-01-01"), ("publicKey", "no key"), ("way", "upload"));
        var page = await ReadPage.ParseAsync(answer);

        page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ShouldBe(["ends", "publicKey"]);
        page.GetElementById("ends")!.GetAttribute("value").ShouldBe("1999-01-01");
        page.GetElementById("publicKey")!.TextContent.ShouldBe("no key");
        page.QuerySelector("input[name=purpose][checked]")!.GetAttribute("value").ShouldBe("Live");
    }
}
