using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Consents;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Features.Notices;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class WithdrawalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Requirement(112)]
    public async Task From_the_withdrawal_on_nothing_is_delivered_and_what_came_before_stays()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync(level: MyPortal.Identity.AssuranceLevel.Verified);
        var result = await midori.ConnectAsync(hanako.Browser);
        using var before = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient, "先月のご請求"));

        var page = await WithdrawAsync(hanako.Browser, result.Consent);

        page.Title!.ShouldStartWith("完了：");
        page.QuerySelector(".banner h2").Words().ShouldContain("やめました。みどり電力に知らせています");
        page.QuerySelector("table").Words().ShouldContain("送信中");
        using var after = await midori.Sender.PostAsync(TestSender.Letter(result.Recipient, "今月のご請求"));
        after.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await after.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, Token))!.Code.ShouldBe("notice.recipient-unknown");
        var inbox = await hanako.Browser.GetStringAsync("/inbox", Token);
        inbox.ShouldContain("先月のご請求");
        inbox.ShouldNotContain("今月のご請求");
    }

    [Fact]
    public async Task The_business_is_told_in_the_same_commit_and_its_signature_ends_the_waiting()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        await WithdrawAsync(hanako.Browser, result.Consent);
        byte[] message;
        await using (var db = portal.OpenDatabase())
        {
            (await db.Set<OutboxMessage>().SingleAsync(Token)).Kind.ShouldBe(WithdrawalMessages.KindName);
            message = WithdrawConsents.MessageOf(await db.Set<Consent>().SingleAsync(Token), portal.Get<PortalSite>());
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var forged = await midori.AcknowledgeAsync(midori.Acknowledgement(result.Consent, AcknowledgedThing.Withdrawal, message), key);
        using var other = await midori.AcknowledgeAsync(midori.Acknowledgement(result.Consent, AcknowledgedThing.Withdrawal, [.. message, 0]));
        (await PartyOfAsync(hanako.Browser, result.Consent)).ShouldContain("送信中");
        using var signed = await midori.AcknowledgeAsync(midori.Acknowledgement(result.Consent, AcknowledgedThing.Withdrawal, message));

        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        signed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PartyOfAsync(hanako.Browser, result.Consent)).ShouldContain("受け取り");
    }

    [Fact]
    public async Task A_business_that_stays_silent_is_named_after_seventy_two_hours()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var citizen = await portal.EnrolAsync();
        var browser = (await portal.SignInAsync(citizen)).Browser;
        var result = await midori.ConnectAsync(browser);
        await WithdrawAsync(browser, result.Consent);
        portal.Clock.Advance(TimeSpan.FromHours(73));

        var page = await (await portal.SignInAsync(citizen)).Browser.OpenAsync($"/consents/{result.Consent}");

        page.QuerySelector("table").Words().ShouldContain("返事なし");
        page.QuerySelector(".note").Words().ShouldBe("みどり電力からまだ返事がありません。返事がなくても、お知らせはもう届きません");
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawal_that_is_committed_between_look_up_and_delivery_wins(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        var directory = portal.Get<IRecipientDirectory>();
        var recipient = (await directory.FindAsync(midori.Sender.Id, result.Recipient, Token)).ShouldNotBeNull();

        (await portal.Get<WithdrawConsents>().ExecuteAsync(hanako.Viewer, ConsentId.From(result.Consent), Token)).IsRefused.ShouldBeFalse();

        await using var db = portal.OpenDatabase();
        await using var work = await db.Database.BeginTransactionAsync(Token);
        (await directory.ClaimDeliveryAsync(db, recipient, Token)).ShouldBeFalse();
    }

    [Theory, EveryDatabase]
    public async Task However_posts_and_a_withdrawal_race_nothing_is_accepted_after_it(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        // In whatever order chance has it; WithdrawalRaceTests forces the two that matter.
        var posts = Enumerable.Range(0, 24).Select(_ => Task.Run(() => midori.Sender.PostAsync(TestSender.Letter(result.Recipient)))).ToList();

        await Task.WhenAny(posts);
        (await portal.Get<WithdrawConsents>().ExecuteAsync(hanako.Viewer, ConsentId.From(result.Consent), Token)).IsRefused.ShouldBeFalse();
        int atCommit;
        await using (var db = portal.OpenDatabase())
        {
            atCommit = await db.Set<Notice>().CountAsync(Token);
        }

        var answers = await Task.WhenAll(posts);

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created || answer.StatusCode == HttpStatusCode.Forbidden);
        await using var after = portal.OpenDatabase();
        (await after.Set<Notice>().CountAsync(Token)).ShouldBe(atCommit, "what was delivered, was delivered before the withdrawal");
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(atCommit);
    }

    [Theory, EveryDatabase]
    public async Task Two_withdrawals_at_once_are_one(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => portal.Get<WithdrawConsents>().ExecuteAsync(hanako.Viewer, ConsentId.From(result.Consent), Token))));

        await using var db = portal.OpenDatabase();
        (await db.Set<OutboxMessage>().CountAsync(Token)).ShouldBe(1);
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.ConsentWithdrawn, Token)).ShouldBe(1);
    }

    [Fact, Requirement(112), Requirement(113)]
    public async Task Stopping_all_keeps_only_what_is_ticked_and_what_a_law_lets_arrive()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var gas = await TestBusiness.OpenAsync(portal, "さくらガス");
        using var city = await TestBusiness.OpenAsync(portal, "さくら市", TestBusiness.Law);
        var hanako = await portal.SignInAsync();
        var power = await midori.ConnectAsync(hanako.Browser);
        var heat = await gas.ConnectAsync(hanako.Browser);
        var tax = await LawTests.LinkAsync(city, hanako.Browser);

        var page = await hanako.Browser.OpenAsync("/consents/stop-all");
        page.Heading().ShouldBe("2件の同意をすべてやめますか");
        page.QuerySelectorAll("main [checked]").ShouldBeEmpty();
        page.QuerySelector("[aria-labelledby=law-title]").Words().ShouldBe("法律により止められません さくら市（地方税法）");
        using var stopped = await TestBusiness.SendAsync(hanako.Browser, page.QuerySelector("form[action='/consents/end-all']")!, [("keep", heat.Consent.ToString())]);
        stopped.Headers.Location!.OriginalString.ShouldBe("/consents?tab=over&done=stopped");

        (await midori.Sender.PostAsync(TestSender.Letter(power.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await gas.Sender.PostAsync(TestSender.Letter(heat.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await city.Sender.PostAsync(TestSender.Letter(tax.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_last_consent_is_named_and_both_buttons_stand_together()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var gas = await TestBusiness.OpenAsync(portal, "さくらガス");
        var hanako = await portal.SignInAsync();
        var power = await midori.ConnectAsync(hanako.Browser);
        var heat = await gas.ConnectAsync(hanako.Browser);
        (await hanako.Browser.OpenAsync("/consents/stop-all")).QuerySelectorAll("form > .actions > .button").Select(button => button.Words()).ShouldBe(["やめずに戻る", "チェックのないものをすべてやめる"]);
        (await hanako.Browser.OpenAsync($"/consents/{heat.Consent}")).QuerySelectorAll("dt").Select(key => key.Words()).ShouldContain("渡しているもの", StringComparer.Ordinal);
        await WithdrawAsync(hanako.Browser, heat.Consent);
        var ended = (await hanako.Browser.OpenAsync($"/consents/{heat.Consent}")).QuerySelectorAll("dt").Select(key => key.Words()).ToList();
        ended.ShouldContain("渡していたもの", StringComparer.Ordinal);
        ended.ShouldNotContain("渡しているもの", StringComparer.Ordinal);

        var page = await hanako.Browser.OpenAsync("/consents/stop-all");

        page.Heading().ShouldBe("みどり電力への同意をやめますか");
        page.QuerySelectorAll("main input[type=checkbox]").ShouldBeEmpty();
        page.QuerySelector("main form")!.GetAttribute("action").ShouldBe($"/consents/{power.Consent}/end");
        (await hanako.Browser.OpenAsync("/consents/stop-all", "en")).Heading().ShouldBe("Withdraw this consent to みどり電力?");
        (await hanako.Browser.OpenAsync("/consents?tab=active", "en")).QuerySelectorAll(".tabs a").Select(tab => tab.Words()).ShouldBe(["Requests", "Active (1)", "Ended"]);
    }

    [Fact]
    public async Task Consenting_again_gives_another_code()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var first = await midori.ConnectAsync(hanako.Browser);
        await WithdrawAsync(hanako.Browser, first.Consent);

        var second = await midori.ConnectAsync(hanako.Browser);

        second.Recipient.ShouldNotBe(first.Recipient, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_newer_consent_replaces_the_older_one_and_the_code_goes_on()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var first = await midori.ConnectAsync(hanako.Browser);

        var second = await midori.ConnectAsync(hanako.Browser, "recipient-code", "opened");

        second.Recipient.ShouldBe(first.Recipient);
        (await hanako.Browser.OpenAsync($"/consents/{first.Consent}")).QuerySelector("main").Words().ShouldContain("新しい同意に替わりました");
    }

    [Fact]
    public async Task After_its_last_day_a_consent_delivers_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var citizen = await portal.EnrolAsync();
        var result = await midori.ConnectAsync((await portal.SignInAsync(citizen)).Browser);
        portal.Clock.Advance(TimeSpan.FromDays(365));
        await midori.Sender.SignInAsync();

        (await midori.Sender.PostAsync(TestSender.Letter(result.Recipient))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await portal.SignInAsync(citizen)).Browser.OpenAsync($"/consents/{result.Consent}")).QuerySelector("main").Words().ShouldContain("期間が終わりました");
    }

    private static async Task<AngleSharp.Dom.IDocument> WithdrawAsync(HttpClient browser, Guid consent)
    {
        var page = await browser.OpenAsync($"/consents/{consent}/withdraw");
        using var ended = await TestBusiness.SendAsync(browser, page.QuerySelector($"form[action='/consents/{consent}/end']")!, []);
        return await browser.OpenAsync(ended.Headers.Location!.OriginalString);
    }

    private static async Task<string> PartyOfAsync(HttpClient browser, Guid consent) => (await browser.OpenAsync($"/consents/{consent}")).QuerySelector("table").Words();
}
