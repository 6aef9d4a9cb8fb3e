using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Admission;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Admission;

public sealed class AdmissionTests
{
    [Fact]
    public async Task A_sender_is_live_only_after_a_second_operator_agreed()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();

        var id = await fixture.WriteAsync();
        (await fixture.StateAsync(id)).ShouldBe("下書き");
        await fixture.SubmitAsync(id);
        (await fixture.StateAsync(id)).ShouldBe("申請中");
        await fixture.ApproveAsync();

        (await fixture.StateAsync(id)).ShouldBe("稼働中");
        await using var db = fixture.Portal.OpenDatabase();
        var service = await db.Set<SenderService>().SingleAsync(TestContext.Current.CancellationToken);
        (service.Name, service.Basis, service.BasisText, service.Topics).ShouldBe(("検針のお知らせ", ServiceBasis.Consent, "検針票の電子交付", "検針\n請求"));
    }

    [Theory]
    [InlineData("name", "ひので\u202Eガス"), InlineData("name", "\u3164"), InlineData("name", "ひので\u200Bガス"), InlineData("about", "会社\u2066です"), InlineData("service-0-name", "検針\u2060"), InlineData("service-0-basisText", "\u2800"), InlineData("service-0-topics", "検針\n請\uFEFF求"), InlineData("contact", "窓口\u202D")]
    [InlineData("reason", "理由\U000E0041")]
    public async Task Words_that_people_do_not_see_as_they_are_cannot_be_applied_for(string field, string value)
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        (string Name, string Value)[] fields =
        [
            ("clientId", "hinode-gas"), ("name", "ひのでガス"), ("kind", "Private"), ("about", "緑県の都市ガス会社です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "検針のお知らせ"), ("service-0-basis", "Consent"), ("service-0-basisText", "検針票の電子交付"), ("service-0-topics", "検針"), ("reason", "新規の申し込み"),
            ("corporateNumber", "0000030000045"), ("contact", "ひのでガス"), ("returnAddresses", "https://gas.example/return"), ("messageAddress", "https://gas.example/messages"),
        ];

        using var answer = await fixture.Ichiro.FillInAsync("/admin/senders/new", "sender", [.. fields.Where(entry => entry.Name != field), (field, value)]);

        (await ReadPage.ParseAsync(answer)).QuerySelector($".error-summary a[href$='#{field}']").ShouldNotBeNull();
    }

    [Theory, EveryDatabase]
    public async Task The_longest_words_fit_however_many_bytes_a_character_has(Engine engine)
    {
        await using var fixture = await AdmissionFixture.CreateAsync(engine);
        string Long(int count) => string.Concat(Enumerable.Repeat("葛\U000E0100", count));

        var id = await fixture.AdmitAsync(
            ("name", Long(100)), ("about", Long(200)), ("service-0-name", Long(100)), ("service-0-basisText", Long(100)), ("service-0-topics", string.Join('\n', Enumerable.Range(0, 20).Select(_ => Long(40)))),
            ("corporateNumber", "0000030000045"), ("contact", Long(100)), ("returnAddresses", "http://gas.example/return"), ("messageAddress", "http://gas.example/messages"));

        (await fixture.StateAsync(id)).ShouldBe("稼働中");
    }

    [Fact]
    public async Task The_first_notice_of_an_admitted_sender_arrives_and_after_its_suspension_none_does()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = SenderId.From(await fixture.AdmitAsync());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var uploaded = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", ("purpose", "Live"), ("publicKey", key.ExportSubjectPublicKeyInfoPem()), ("way", "upload"));
        await using var db = fixture.Portal.OpenDatabase();
        var service = (await db.Set<SenderService>().SingleAsync(TestContext.Current.CancellationToken)).Id;
        var hanako = await fixture.Portal.SignInAsync();
        using var gas = TestSender.Admitted(fixture.Portal, "hinode-gas", key, id, service);
        await gas.SignInAsync();

        await gas.SendAsync(hanako.Citizen, title: "検針のお知らせ 11月");
        var inbox = await hanako.Browser.OpenAsync("/inbox");
        await fixture.SuspendAsync(id.Value);
        using var refused = await gas.PostAsync(TestSender.Letter(await gas.CodeOfAsync(hanako.Citizen)));

        inbox.QuerySelector("main").Words().ShouldContain("検針のお知らせ 11月");
        inbox.QuerySelector("main").Words().ShouldContain("ひのでガス");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await hanako.Browser.OpenAsync("/inbox")).QuerySelectorAll("main .notice-row").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_wrote_it_cannot_approve_it_even_with_the_role()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync();
        await fixture.SubmitAsync(id);
        var address = await AdmissionFixture.WaitingAsync(fixture.Ichiro);

        var page = await fixture.Ichiro.Browser.OpenAsync(address);
        var refusal = await fixture.Portal.Get<DecideChangeRequest>().ApproveAsync(fixture.Ichiro.Acting, Guid.Parse(address.Split('/')[^1]), 2, null, CancellationToken.None);

        page.QuerySelectorAll("main form").ShouldBeEmpty();
        page.QuerySelector(".note").Words().ShouldBe("自分の申請は承認できません");
        refusal.ShouldBe(SenderConsoleErrors.OwnProposal);
        (await fixture.StateAsync(id)).ShouldBe("申請中");
    }

    [Fact]
    public async Task What_is_returned_goes_back_to_its_author_with_the_reason_and_can_be_submitted_again()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync();
        await fixture.SubmitAsync(id);
        var address = await AdmissionFixture.WaitingAsync(fixture.Futaba);
        using var without = await fixture.Futaba.FillInAsync(address, "decide", ("decision", "return"));
        using var returned = await fixture.Futaba.FillInAsync(address, "decide", ("decision", "return"), ("answer", "名前に県名を入れてください"));

        (await ReadPage.ParseAsync(without)).QuerySelector(".field-problem").Words().ShouldStartWith("理由を");
        (await fixture.StateAsync(id)).ShouldBe("差し戻し");
        (await fixture.Ichiro.Browser.OpenAsync($"/admin/senders/{id}")).QuerySelector("main").Words().ShouldContain("名前に県名を入れてください");

        using var written = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/edit", "sender", ("name", "緑県ひのでガス"));
        await fixture.SubmitAsync(id);
        await fixture.ApproveAsync();
        (await fixture.Futaba.Browser.OpenAsync($"/admin/senders/{id}")).Heading().ShouldBe("緑県ひのでガス");
    }

    [Fact]
    public async Task What_was_rewritten_after_it_was_read_cannot_be_approved()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync();
        await fixture.SubmitAsync(id);
        var address = await AdmissionFixture.WaitingAsync(fixture.Futaba);
        var decide = fixture.Portal.Get<DecideChangeRequest>();
        var proposal = Guid.Parse(address.Split('/')[^1]);
        (await decide.ReturnAsync(fixture.Futaba.Acting, proposal, 2, "直してください", CancellationToken.None)).ShouldBeNull();
        using var written = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/edit", "sender", ("quotaPerMinute", "900"));
        await fixture.SubmitAsync(id);

        var stale = await decide.ApproveAsync(fixture.Futaba.Acting, proposal, 2, null, CancellationToken.None);

        stale.ShouldBe(SenderConsoleErrors.ChangedMeanwhile);
        (await fixture.StateAsync(id)).ShouldBe("申請中");
    }

    [Theory, EveryDatabase]
    public async Task Of_two_decisions_at_once_one_counts(Engine engine)
    {
        await using var fixture = await AdmissionFixture.CreateAsync(engine);
        var id = await fixture.WriteAsync();
        await fixture.SubmitAsync(id);
        var proposal = Guid.Parse((await AdmissionFixture.WaitingAsync(fixture.Futaba)).Split('/')[^1]);
        var decide = fixture.Portal.Get<DecideChangeRequest>();

        var answers = await Task.WhenAll(
            Task.Run(() => decide.ApproveAsync(fixture.Futaba.Acting, proposal, 2, null, CancellationToken.None)),
            Task.Run(() => decide.ReturnAsync(fixture.Auditor.Acting, proposal, 2, "だめです", CancellationToken.None)));

        answers.Count(answer => answer is null).ShouldBe(1);
        answers.ShouldContain(SenderConsoleErrors.ChangedMeanwhile);
        await using var db = fixture.Portal.OpenDatabase();
        var state = (await db.Set<Sender>().SingleAsync(TestContext.Current.CancellationToken)).State;
        state.ShouldBe(answers[0] is null ? SenderState.Live : SenderState.Returned);
    }

    [Fact]
    public async Task Changed_facts_of_a_live_sender_wait_for_a_second_operator_and_show_before_and_after()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.AdmitAsync();
        using var written = await fixture.Ichiro.FillInAsync(
            $"/admin/senders/{id}/edit", "sender", ("name", "ひのでエナジー"), ("service-1-name", "点検のお知らせ"), ("service-1-basisText", "保安点検の連絡"), ("reason", "社名変更"));
        await fixture.SubmitAsync(id);

        var panel = await fixture.Futaba.Browser.OpenAsync(await AdmissionFixture.WaitingAsync(fixture.Futaba));
        panel.QuerySelectorAll("del").Select(del => del.Words()).ShouldBe(["削除：ひのでガス"]);
        panel.QuerySelectorAll("ins").Select(ins => ins.Words()).ShouldBe(["追加：ひのでエナジー", "追加：点検のお知らせ／Consent／保安点検の連絡"]);
        (await fixture.Futaba.Browser.OpenAsync($"/admin/senders/{id}")).Heading().ShouldBe("ひのでガス", "nothing is in force yet");
        (await fixture.StateAsync(id)).ShouldBe("稼働中");

        await fixture.ApproveAsync();
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<Sender>().SingleAsync(TestContext.Current.CancellationToken)).Name.ShouldBe("ひのでエナジー");
        (await db.Set<SenderService>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task A_name_that_looks_like_another_is_flagged()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        await fixture.AdmitAsync();
        await fixture.WriteAsync(("clientId", "hinode-gas-2"), ("name", "ひので水道"));

        var list = await fixture.Futaba.Browser.OpenAsync("/admin/senders");

        list.QuerySelectorAll("tbody .chip").Count(chip => chip.Words() == "似た名前").ShouldBe(0, "it is another name");
        await fixture.WriteAsync(("clientId", "hinode-gas-3"), ("name", "ひので　ｶﾞｽ"));
        (await fixture.Futaba.Browser.OpenAsync("/admin/senders")).QuerySelectorAll("tbody .chip").Count(chip => chip.Words() == "似た名前").ShouldBe(2);
    }

    [Fact]
    public async Task A_suspended_sender_is_refused_at_its_next_call_and_its_notices_stay()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        var hanako = await fixture.Portal.SignInAsync();
        var notice = await city.SendAsync(hanako.Citizen);
        await fixture.SuspendAsync(city.Id.Value);

        using var posted = await city.PostAsync(TestSender.Letter(await city.CodeOfAsync(hanako.Citizen)));
        using var token = await city.AskTokenAsync(TestAssertion.For(city, fixture.Portal.Clock.GetUtcNow()).SignWith(city.Key));
        var page = await hanako.Browser.OpenAsync($"/inbox/{notice.Id}");

        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("sender.not-live");
        token.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await token.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("token.sender-not-live");
        page.QuerySelector(".note").Words().ShouldContain("確認のため、送信を止めています。");

        using var proposed = await fixture.Ichiro.FillInAsync($"/admin/senders/{city.Id}/resume", "resume", ("reason", "改善を確かめた"));
        (await fixture.StateAsync(city.Id.Value)).ShouldBe("一時停止", "one operator alone does not start a sender again");
        await fixture.ApproveAsync();
        using var again = await city.PostAsync(TestSender.Letter(await city.CodeOfAsync(hanako.Citizen)));
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await hanako.Browser.OpenAsync($"/inbox/{notice.Id}")).QuerySelector(".note").ShouldBeNull();
    }

    [Fact]
    public async Task A_service_of_another_sender_cannot_be_named()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.RegisterAsync(fixture.Portal);
        var id = await fixture.AdmitAsync();

        var fault = await fixture.Portal.Get<WriteChangeRequest>().WriteAsync(
            fixture.Ichiro.Acting, SenderId.From(id), new SenderApplication("ひのでガス", SenderKind.Private, "会社です。", 1, 1, [new ServiceApplication("盗み", ServiceBasis.Consent, "x", [], city.Service.Value)]), "x", CancellationToken.None);

        fault.ShouldHaveSingleItem().Error.ShouldBe(SenderConsoleErrors.ServicesWrong);
    }
}
