using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn;

public sealed class LinkingTests
{
    private const string HubUnavailable = "card.hub-unavailable";

    [Fact, Requirement(42, InPart = "linking at a holder's own site, with the person's opt-in there")]
    public async Task Whoever_enrols_with_a_card_can_ask_holders_at_once()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var viewer = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();

        var link = (await fixture.Portal.Get<HubLinks>().OpenAsync(viewer, CancellationToken.None)).ShouldNotBeNull();
        var rows = (await fixture.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix.Rows;
        var question = new HolderQuery(link.HubCode, link.SubjectTag, rows.Single(row => row.RowId == "city-tax-self"), "own-device");
        using var asked = await fixture.Portal.Get<QueryHolder>().ExecuteAsync(viewer, question, CancellationToken.None);

        asked.Open().ShouldNotBeNull().Outcome.ShouldBe(HolderOutcome.Ready);
    }

    [Fact]
    public async Task An_enrolment_hands_out_the_hubs_document_beside_the_portals_own_and_a_login_does_not()
    {
        await using var fixture = await CardFixture.StartAsync();

        var enrolment = await fixture.FetchAsync(CardPurpose.Enrol);
        var login = await fixture.FetchAsync();

        var document = JsonSerializer.Deserialize<LinkDocument>(enrolment.LinkDocument, ContractJson.Options).ShouldNotBeNull();
        (document with { Nonce = "" }).ShouldBe(new LinkDocument("MYP-LINK/1", "hub", "portal", "http://localhost:5080", "enrol", ""));
        document.Nonce.Length.ShouldBe(43);
        enrolment.Ticket.Documents.Count.ShouldBe(2);
        login.Ticket.Documents.Count.ShouldBe(1);
    }

    [Fact]
    public Task A_login_document_is_never_taken_for_the_hubs() => ShouldRefuseAsync("jpki.wrong-content", (visit, card) =>
        [.. OwnSignatures(visit, card), card.Sign(CertificateKind.Authentication, visit.Document, index: 1)]);

    [Fact]
    public Task The_hubs_document_is_never_taken_for_an_enrolment() => ShouldRefuseAsync("jpki.wrong-content", (visit, card) =>
        [card.Sign(CertificateKind.Authentication, visit.LinkDocument), card.Sign(CertificateKind.Signature, visit.LinkDocument), visit.SignatureOfLink(card)]);

    [Fact]
    public Task The_hubs_document_with_another_organisation_is_refused() => ShouldRefuseAsync("jpki.wrong-content", (visit, card) =>
    {
        var changed = JsonSerializer.Deserialize<LinkDocument>(visit.LinkDocument, ContractJson.Options)! with { Organisation = "sakura-city" };
        return [.. OwnSignatures(visit, card), card.Sign(CertificateKind.Authentication, JsonSerializer.SerializeToUtf8Bytes(changed, ContractJson.Options), index: 1)];
    });

    [Fact]
    public Task The_signature_key_does_not_sign_the_hubs_document() => ShouldRefuseAsync("jpki.wrong-kind", (visit, card) =>
        [.. OwnSignatures(visit, card), card.Sign(CertificateKind.Signature, visit.LinkDocument, index: 1)]);

    [Fact]
    public Task Without_the_hubs_document_nobody_enrols() => ShouldRefuseAsync("jpki.not-one-signer", OwnSignatures);

    [Fact]
    public Task A_signature_sent_twice_does_not_stand_for_a_missing_one() => ShouldRefuseAsync("jpki.wrong-kind", (visit, card) =>
        [.. OwnSignatures(visit, card), card.Sign(CertificateKind.Authentication, visit.Document)]);

    [Fact]
    public async Task Another_persons_card_signs_no_link()
    {
        var other = await TestCard.AnotherPersonsAsync();

        await ShouldRefuseAsync("card.two-cards", (visit, card) => [.. OwnSignatures(visit, card), visit.SignatureOfLink(other)]);
    }

    [Fact]
    public async Task While_the_hub_is_down_nothing_is_handed_out_and_the_same_ticket_works_later()
    {
        await using var fixture = await CardFixture.StartAsync();
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Enrol);
        await fixture.Portal.Hub.StopAsync(TestHub.Id);

        (await fixture.Agent.FetchAsync(begun.Ticket)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await fixture.RefusalsAsync(begun.Transaction)).ShouldBe(["hub.unavailable"]);

        await fixture.Portal.Hub.StartAsync(TestHub.Id);
        var (_, ticket) = await fixture.Agent.FetchAsync(begun.Ticket);
        var answer = await new FetchedVisit(begun, fixture.Agent, ticket.ShouldNotBeNull()).AnswerAsync(fixture.Card);
        (await begun.Browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/enrol/name");
    }

    [Fact]
    public async Task When_the_hub_goes_down_before_the_answer_nobody_is_enrolled_and_the_page_says_why()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);
        await fixture.Portal.Hub.StopAsync(TestHub.Id);

        var answer = await visit.AnswerAsync(fixture.Card);

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.ServiceUnavailable, HubUnavailable));
        (await fixture.Browser.ReadAsync($"/enrol/card/{visit.Begun.Transaction}")).ShouldContain("情報連携ハブから答えがありません");
        await ShouldHaveNoAccountAsync(fixture);

        await fixture.Portal.Hub.StartAsync(TestHub.Id);
        (await fixture.PassAsync(CardPurpose.Enrol)).ShouldBe("/enrol/name");
    }

    [Fact]
    public async Task A_hub_whose_clock_is_five_minutes_off_links_nobody()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);
        fixture.Portal.Hub.ClockAhead = TimeSpan.FromMinutes(5);

        var answer = await visit.AnswerAsync(fixture.Card);

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.ServiceUnavailable, HubUnavailable));
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["hub.clock-skew"]);
        await ShouldHaveNoAccountAsync(fixture);
    }

    [Fact]
    public async Task A_card_whose_owner_the_numbering_body_does_not_know_opens_no_account()
    {
        await using var fixture = await CardFixture.StartAsync();
        var stranger = TestCard.Issue(fixture.Portal.Authority, order => order with { Holder = "somebody-from-elsewhere" });
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(stranger);

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.Forbidden, "card.not-linked"));
        await ShouldHaveNoAccountAsync(fixture);
    }

    [Fact]
    public async Task A_nonce_that_was_used_before_opens_no_account()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);
        var used = await fixture.Portal.Get<PairwiseIdentifier>().FetchAsync(visit.LinkDocument, visit.SignatureOfLink(fixture.Card).Cms, CancellationToken.None);
        used.IsRefused.ShouldBeFalse();

        var answer = await visit.AnswerAsync(fixture.Card);

        answer.Refusal.ShouldBe("card.not-linked");
        await ShouldHaveNoAccountAsync(fixture);
    }

    [Fact]
    public async Task One_person_with_a_second_card_gets_no_second_account()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("misaki"));
        var visit = await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser());

        var answer = await visit.AnswerAsync(TestCard.ReplacementOf(fixture.Portal.Authority, "misaki"));

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.Conflict, "card.person-enrolled"));
        (await visit.Begun.Browser.ReadAsync($"/enrol/card/{visit.Begun.Transaction}")).ShouldContain("ほかのカードでもう利用登録がすんでいます");
        (await AccountsAsync(fixture)).ShouldBe(1);
    }

    [Theory]
    [EveryDatabase]
    public async Task Of_two_enrolments_of_one_person_that_race_one_wins(Engine engine)
    {
        await using var fixture = await CardFixture.StartAsync(engine, await TestCard.OfCastAsync("fumiko"));
        var (first, second) = (await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser()), await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser()));
        var answers = new[] { await first.AnswerAsync(fixture.Card), await second.AnswerAsync(TestCard.ReplacementOf(fixture.Portal.Authority, "fumiko")) };

        var locations = await Task.WhenAll(first.Begun.Browser.CompleteAsync(answers[0].CompletionCode), second.Begun.Browser.CompleteAsync(answers[1].CompletionCode));

        locations.Order(StringComparer.Ordinal).ShouldBe(["/enrol/name", "/login/problem/card.person-enrolled?for=enrol"]);
        (await AccountsAsync(fixture)).ShouldBe(1);
    }

    [Fact]
    public async Task The_hub_code_stands_nowhere_in_the_database_in_clear()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var viewer = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        var code = (await fixture.Portal.Get<HubLinks>().OpenAsync(viewer, CancellationToken.None)).ShouldNotBeNull().HubCode;

        await using var db = fixture.Portal.OpenDatabase();
        var folder = Path.GetDirectoryName(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource)!;
        var stored = Directory.GetFiles(folder).SelectMany(File.ReadAllBytes).ToArray();

        stored.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(code)).ShouldBe(-1);
        stored.AsSpan().IndexOf("MYP-LINK/1"u8).ShouldNotBe(-1, "the search must be able to find something");
    }

    private static CardSignature[] OwnSignatures(FetchedVisit visit, TestCard card) =>
        [card.Sign(CertificateKind.Authentication, visit.Document), card.Sign(CertificateKind.Signature, visit.Document)];

    private static async Task ShouldRefuseAsync(string reason, Func<FetchedVisit, TestCard, CardSignature[]> sign)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(sign(visit, fixture.Card));

        (answer.Status, answer.Refusal).ShouldBe((HttpStatusCode.Forbidden, "card.not-accepted"));
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe([reason]);
        fixture.Portal.Hub.Paths.ShouldNotContain(path => path == "/v1/codes/by-certificate");
        await ShouldHaveNoAccountAsync(fixture);
    }

    private static async Task ShouldHaveNoAccountAsync(CardFixture fixture) => (await AccountsAsync(fixture)).ShouldBe(0);

    private static async Task<int> AccountsAsync(CardFixture fixture)
    {
        await using var db = fixture.Portal.OpenDatabase();
        return await db.Set<Citizen>().CountAsync(TestContext.Current.CancellationToken);
    }
}
