using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>The whole way over pages and cards, without script: two people, two browsers, two cards.</summary>
public sealed class MandateByCardTests
{
    private const string New = "/proxy/new";

    [Fact]
    [Requirement(143)]
    [Requirement(20)]
    public async Task A_father_invites_his_daughter_both_sign_with_their_cards_and_she_reads_his_tax_notice()
    {
        await using var fixture = await CardFixture.StartAsync(card: CardOf("山田　太郎"));
        var (daughterCard, daughter, daughtersAgent) = (CardOf("山田　花子"), fixture.NewBrowser(), fixture.NewAgent());
        await fixture.PassAsync(CardPurpose.Enrol);
        await fixture.PassAsync(CardPurpose.Enrol, daughter, daughtersAgent, daughterCard);
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        var father = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen;
        await city.CodeOfAsync(father);

        var code = await InviteAsync(fixture.Browser, city);
        var invitation = (await daughter.SubmitAsync("/proxy/invitations", "/proxy/invitations", ("code", code))).ShouldNotBeNull();
        invitation = new Uri(TestBrowser.Origin, invitation).AbsolutePath;
        (await daughter.ReadAsync(invitation)).ShouldContain("見てよい送信元：さくら市");
        (await SignAsync(fixture, daughter, invitation, daughterCard, daughtersAgent)).ShouldBe(invitation + "?done=accepted");

        var mandate = invitation.Replace("/invitations", "", StringComparison.Ordinal);
        System.Net.WebUtility.HtmlDecode(await fixture.Browser.ReadAsync(mandate)).ShouldContain("<strong lang=\"ja\">山田　花子</strong>", Case.Sensitive, "the certified name is shown before the principal signs");
        (await SignAsync(fixture, fixture.Browser, mandate, fixture.Card, fixture.Agent)).ShouldBe(mandate + "?done=active");

        var notice = await city.SendAsync(father, "固定資産税のお知らせ");
        var folder = mandate.Replace("/proxy/", "/p/", StringComparison.Ordinal) + "/inbox";
        (await daughter.ReadAsync("/proxy")).ShouldContain($"href=\"{folder}\"");
        var page = await daughter.ReadAsync(folder);
        page.ShouldContain("固定資産税のお知らせ");
        page.ShouldContain("代理の状態");
        (await daughter.ReadAsync($"{folder}/{notice.Id}")).ShouldContain("本文です。");
        (await fixture.Browser.ReadAsync(mandate)).ShouldContain("固定資産税のお知らせ");
    }

    [Fact]
    public async Task Writing_a_mandate_asks_for_a_fresh_card_and_leads_back()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        (await fixture.Browser.SentOnFromAsync(New)).ShouldBeNull();
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await fixture.Browser.ReadAsync("/");
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(5));

        (await fixture.Browser.SentOnFromAsync(New)).ShouldBe("/step-up");
        (await fixture.PassAsync(CardPurpose.StepUp)).ShouldBe(New);

        (await fixture.Browser.SentOnFromAsync(New)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_the_card_does_not_bear_is_told_and_nothing_is_signed()
    {
        await using var fixture = await CardFixture.StartAsync(card: CardOf("山田　太郎"));
        var (otherCard, other, agent) = (CardOf("佐藤　一郎"), fixture.NewBrowser(), fixture.NewAgent());
        await fixture.PassAsync(CardPurpose.Enrol);
        await fixture.PassAsync(CardPurpose.Enrol, other, agent, otherCard);
        using var city = await TestSender.RegisterAsync(fixture.Portal);
        await city.CodeOfAsync((await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen);
        var code = await InviteAsync(fixture.Browser, city);
        var invitation = new Uri(TestBrowser.Origin, (await other.SubmitAsync("/proxy/invitations", "/proxy/invitations", ("code", code))).ShouldNotBeNull()).AbsolutePath;

        (await SignAsync(fixture, other, invitation, otherCard, agent)).ShouldBe(invitation + "?problem=name");

        (await other.ReadAsync(invitation + "?problem=name")).ShouldContain("カードの名前とちがう");
        (await fixture.ViewerOfAsync(other)).ShouldNotBeNull();
    }

    /// <summary>The five steps of the form, as a browser without script sends them.</summary>
    private static async Task<string> InviteAsync(TestBrowser browser, TestSender city)
    {
        var (page, html) = (await browser.OpenAsync(New), "");
        foreach (var typed in new (string, string)[][]
        {
            [("principalName", "山田太郎"), ("proxyName", "山田花子")],
            [("sender", city.Id.ToString())],
            [("view", "yes")],
            [],
            [],
        })
        {
            (page, html) = await browser.PressAsync(page, New, [.. typed, ("go", "on")]);
        }

        var code = System.Text.RegularExpressions.Regex.Match(html, "id=\"invitation-code\">(?<code>[0-9A-Z-]+)<", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["code"].Value;
        code.Length.ShouldBe(32);
        return code;
    }

    private static async Task<string?> SignAsync(CardFixture fixture, TestBrowser browser, string page, TestCard card, TestAgent agent)
    {
        var location = (await browser.SubmitAsync(page, page + "/sign")).ShouldNotBeNull();
        var visit = await fixture.FetchAsync(await browser.ReachAsync(CardPurpose.Sign, location), agent);
        System.Text.Encoding.UTF8.GetString(visit.Ticket.Text.ShouldNotBeNull()).ShouldContain("代理人：山田花子");
        var answer = await visit.AnswerAsync(card);
        answer.Refusal.ShouldBeNull();
        return await browser.CompleteAsync(answer.CompletionCode);
    }

    private static TestCard CardOf(string name) => TestCard.Issue(
        TestIssuer.FoundedAsync().GetAwaiter().GetResult().Authority,
        order => order.Kind is CertificateKind.Signature ? order with { Attributes = TestCard.Attributes with { Name = name } } : order);
}
