using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Visits;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>The whole way over pages and cards, without script: two people, two browsers, two cards.</summary>
public sealed class MandateByCardTests
{
    private const string New = "/proxy/new";

    [Fact]
    [Requirement(143)]
    public async Task A_father_invites_his_daughter_both_sign_with_their_cards_and_she_reads_his_tax_notice()
    {
        await using var world = await CardWorld.StartAsync(card: CardOf("山田　太郎"));
        var (daughterCard, daughter, daughtersAgent) = (CardOf("山田　花子"), world.NewBrowser(), world.NewAgent());
        await world.PassAsync(CardPurpose.Enrol);
        await world.PassAsync(CardPurpose.Enrol, daughter, daughtersAgent, daughterCard);
        using var city = await TestSender.SignedInAsync(world.Portal);
        var father = (await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().Citizen;
        await city.CodeOfAsync(father);

        var code = await InviteAsync(world.Browser, city);
        var invitation = (await daughter.SubmitAsync("/proxy/invitations", "/proxy/invitations", ("code", code))).ShouldNotBeNull();
        invitation = new Uri(TestBrowser.Origin, invitation).AbsolutePath;
        (await daughter.ReadAsync(invitation)).ShouldContain("見てよい送信元：さくら市");
        (await SignAsync(world, daughter, invitation, daughterCard, daughtersAgent)).ShouldBe(invitation + "?done=accepted");

        var mandate = invitation.Replace("/invitations", "", StringComparison.Ordinal);
        System.Net.WebUtility.HtmlDecode(await world.Browser.ReadAsync(mandate)).ShouldContain("<strong lang=\"ja\">山田　花子</strong>", Case.Sensitive, "the certified name is shown before the principal signs");
        (await SignAsync(world, world.Browser, mandate, world.Card, world.Agent)).ShouldBe(mandate + "?done=active");

        var notice = await city.SendAsync(father, "固定資産税のお知らせ");
        var folder = mandate.Replace("/proxy/", "/p/", StringComparison.Ordinal) + "/inbox";
        (await daughter.ReadAsync("/proxy")).ShouldContain($"href=\"{folder}\"");
        var page = await daughter.ReadAsync(folder);
        page.ShouldContain("固定資産税のお知らせ");
        page.ShouldContain("代理の状態");
        (await daughter.ReadAsync($"{folder}/{notice.Id}")).ShouldContain("本文です。");
        (await world.Browser.ReadAsync(mandate)).ShouldContain("固定資産税のお知らせ");
    }

    [Fact]
    public async Task Writing_a_mandate_asks_for_a_fresh_card_and_leads_back()
    {
        await using var world = await CardWorld.EnrolledAsync();
        (await world.Browser.SentOnFromAsync(New)).ShouldBeNull();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Browser.ReadAsync("/");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(5));

        (await world.Browser.SentOnFromAsync(New)).ShouldBe("/step-up");
        (await world.PassAsync(CardPurpose.StepUp)).ShouldBe(New);

        (await world.Browser.SentOnFromAsync(New)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_the_card_does_not_bear_is_told_and_nothing_is_signed()
    {
        await using var world = await CardWorld.StartAsync(card: CardOf("山田　太郎"));
        var (otherCard, other, agent) = (CardOf("佐藤　一郎"), world.NewBrowser(), world.NewAgent());
        await world.PassAsync(CardPurpose.Enrol);
        await world.PassAsync(CardPurpose.Enrol, other, agent, otherCard);
        using var city = await TestSender.RegisterAsync(world.Portal);
        await city.CodeOfAsync((await world.ViewerOfAsync(world.Browser)).ShouldNotBeNull().Citizen);
        var code = await InviteAsync(world.Browser, city);
        var invitation = new Uri(TestBrowser.Origin, (await other.SubmitAsync("/proxy/invitations", "/proxy/invitations", ("code", code))).ShouldNotBeNull()).AbsolutePath;

        (await SignAsync(world, other, invitation, otherCard, agent)).ShouldBe(invitation + "?problem=name");

        (await other.ReadAsync(invitation + "?problem=name")).ShouldContain("カードの名前とちがう");
        (await world.ViewerOfAsync(other)).ShouldNotBeNull();
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

    private static async Task<string?> SignAsync(CardWorld world, TestBrowser browser, string page, TestCard card, TestAgent agent)
    {
        var location = (await browser.SubmitAsync(page, page + "/sign")).ShouldNotBeNull();
        var visit = await world.FetchAsync(await browser.ReachAsync(CardPurpose.Sign, location), agent);
        System.Text.Encoding.UTF8.GetString(visit.Ticket.Text.ShouldNotBeNull()).ShouldContain("代理人：山田花子");
        var answer = await visit.AnswerAsync(card);
        answer.Refusal.ShouldBeNull();
        return await browser.CompleteAsync(answer.CompletionCode);
    }

    private static TestCard CardOf(string name) => TestCard.Issue(
        TestIssuer.FoundedAsync().GetAwaiter().GetResult().Authority,
        order => order.Kind is CertificateKind.Signature ? order with { Attributes = TestCard.Attributes with { Name = name } } : order);
}
