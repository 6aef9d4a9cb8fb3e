using System.Net;
using Microsoft.AspNetCore.Http;
using MyPortal.CardAgent.Tests.Fixtures;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class PortalRefusalTests : TransactionFixture
{
    [Fact]
    public async Task A_portal_that_does_not_answer_is_told_and_a_reload_asks_again()
    {
        Portal.FetchAnswer = Results.StatusCode(503);
        var ticket = Portal.NewTicket();
        (await Agent.EnterAsync(ticket)).Refusal.ShouldBe("portal-unreachable");

        Portal.FetchAnswer = null;
        await PutDownAsync(new TestCard("hanako"));
        (await Agent.EnterAsync(ticket)).AsksForPin.ShouldBeTrue();
    }

    [Fact]
    public async Task A_portal_that_is_gone_is_told()
    {
        var ticket = Portal.NewTicket();
        await Portal.StopAsync();

        var page = await Agent.EnterAsync(ticket);

        (page.Status, page.Refusal).ShouldBe((HttpStatusCode.BadGateway, "portal-unreachable"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_ticket_that_was_used_before_is_told(int status)
    {
        Portal.FetchAnswer = FakePortal.Problem(status, "card.ticket-used");

        (await EnterAsync()).Refusal.ShouldBe("already-used");
    }

    [Fact]
    public async Task A_refused_ticket_is_not_fetched_again()
    {
        Portal.FetchAnswer = FakePortal.Problem(409, "card.ticket-used");
        var ticket = Portal.NewTicket();

        await Agent.EnterAsync(ticket);
        await Agent.EnterAsync(ticket);

        Portal.Fetches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Portal.FetchAnswer = Results.Redirect($"{Portal.Origin}/card/t/{new string('B', 43)}");

        (await EnterAsync()).Refusal.ShouldBe("portal-answer");
        Portal.Fetches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_over_16_KB_is_refused()
    {
        Portal.Documents = [new byte[16 * 1024]];

        (await EnterAsync()).Refusal.ShouldBe("portal-answer");
    }

    [Fact]
    public async Task A_long_answer_without_a_length_is_refused()
    {
        Portal.FetchAnswer = Results.Stream(async body =>
        {
            for (var part = 0; part < 40; part++) await body.WriteAsync(new byte[1024]);
        });

        (await EnterAsync()).Refusal.ShouldBe("portal-answer");
    }

    [Fact]
    public async Task An_answer_that_is_no_ticket_is_refused()
    {
        Portal.FetchAnswer = Results.Text("{\"documents\":null}", "application/json");

        (await EnterAsync()).Refusal.ShouldBe("portal-answer");
    }

    [Fact]
    public async Task A_transaction_that_expires_on_the_page_never_reaches_the_card()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();
        Agent.Clock.Now = TestClock.Start.AddSeconds(181);

        (await Agent.OpenAsync(page.FormAction)).Refusal.ShouldBe("expired");
        (await Agent.PostAsync(page, ("pin", "1234"))).Refusal.ShouldBe("expired");

        card.Presented.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_transaction_that_expired_at_the_portal_is_told()
    {
        await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(410, "card.expired");

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"))).Refusal.ShouldBe("expired");
    }

    [Fact]
    public async Task A_refusal_by_the_portal_ends_the_visit_and_shows_nobody_its_code()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(403, "card.not-accepted");
        var page = await EnterAsync();

        var refused = await Agent.PostAsync(page, ("pin", "1234"));

        (refused.Status, refused.Refusal).ShouldBe((HttpStatusCode.Forbidden, "portal-refused"));
        refused.Html.ShouldContain("data-portal-code=\"card.not-accepted\"");
        Visible(refused.Html).ShouldNotContain("card.not-accepted");
        Visible(refused.Html).ShouldNotContain("portal-refused");
        refused.Html.ShouldContain($"href=\"{Portal.Origin}/login\"");
        (await Agent.PostAsync(page, ("pin", "1234"))).Refusal.ShouldBe("portal-refused");
        card.Presented.Count.ShouldBe(1);
        Portal.Responses.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("card.not-accepted", "/enrol")]
    [InlineData("card.not-linked", "/enrol")]
    [InlineData("card.already-enrolled", "/login")]
    [InlineData("card.person-enrolled", "/login")]
    public async Task A_refused_enrolment_leads_back_to_the_enrolment_unless_there_is_an_account(string code, string way)
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(403, code);

        var refused = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "ABC123"));

        refused.Refusal.ShouldBe("portal-refused");
        refused.Html.ShouldContain($"<a class=\"button primary\" href=\"{Portal.Origin}{way}\">");
    }

    [Theory]
    [InlineData("enrol", "/enrol"), InlineData("step-up", "/step-up"), InlineData("login", "/login"), InlineData("<b>", "/login")]
    public async Task A_ticket_that_was_used_before_leads_back_to_what_it_was_for(string word, string way)
    {
        Portal.FetchAnswer = FakePortal.Problem(409, "card.ticket-used");

        var refused = await Agent.OpenAsync($"/sign?tx={Uri.EscapeDataString(Portal.NewTicket())}&ui=ja&for={Uri.EscapeDataString(word)}");

        refused.Refusal.ShouldBe("already-used");
        refused.Html.ShouldContain($"<a class=\"button primary\" href=\"{Portal.Origin}{way}\">");
    }

    [Theory]
    [InlineData("card.transaction-over", "もう終わっています")]
    [InlineData("card.certificate-not-valid", "電子証明書が使えません")]
    [InlineData("card.issuer-unavailable", "しばらくしてから")]
    [InlineData("card.not-enrolled", "まだ利用登録がありません")]
    [InlineData("card.already-enrolled", "もう利用登録がすんでいます")]
    [InlineData("card.hub-unavailable", "いまは登録できません")]
    [InlineData("card.not-linked", "この方を確かめられませんでした")]
    [InlineData("card.person-enrolled", "もう利用登録がすんでいます")]
    [InlineData("card.blocked", "なくしたという届け")]
    public async Task A_refusal_by_the_portal_that_the_person_can_act_on_has_its_own_sentences(string code, string sentence)
    {
        await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(code == "card.issuer-unavailable" ? 503 : 403, code);

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"))).Html.ShouldContain(sentence);
    }

    [Fact]
    public async Task Somebody_without_an_account_is_led_to_enrolment()
    {
        await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(403, "card.not-enrolled");

        var refused = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"));

        refused.Html.ShouldContain($"href=\"{Portal.Origin}/enrol\"");
        refused.Html.ShouldNotContain("/login\"");
    }

    [Fact]
    public async Task A_refusal_code_of_another_form_is_not_shown()
    {
        await PutDownAsync(new TestCard("hanako"));
        Portal.ResponseAnswer = FakePortal.Problem(403, "<b>call 0120</b>");

        var refused = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"));

        refused.Refusal.ShouldBe("portal-refused");
        refused.Html.ShouldNotContain("0120");
    }

    [Fact]
    public async Task A_second_use_of_a_finished_visit_shows_its_end_and_touches_nothing()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();
        await Agent.PostAsync(page, ("pin", "1234"));

        (await Agent.PostAsync(page, ("pin", "1234"))).Html.ShouldContain(FakePortal.CompletionCode);

        card.Presented.Count.ShouldBe(1);
        Portal.Responses.Count.ShouldBe(1);
    }

    private static string Visible(string html) => System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", " ", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
