using System.Net;
using System.Net.Http.Json;
using System.Text;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Features.SignIn.Card;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Step 2 of the verifier: the transaction is known and live, fetched once, and answered by whoever fetched it.</summary>
public sealed class TransactionRefusalTests
{
    private static readonly byte[] Nonsense = [1, 2, 3];

    [Fact]
    public async Task A_wrong_response_secret_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.Agent.AnswerAsync(visit.Begun.Ticket, new string('A', 43), visit.SignaturesOf(fixture.Card));

        await ShouldBeRefusedAsync(fixture, visit, answer, TransactionOver, TransactionOver);
    }

    [Fact]
    public async Task An_answer_with_nothing_where_a_signature_should_be_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        var proof = visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret);

        var answer = await visit.Agent.PostAsync(visit.Begun.Ticket, new CardResponse(visit.Ticket.ResponseSecret, [null!], proof));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Refusal.ShouldBe("card.bad-response");
    }

    [Fact]
    public async Task Two_signatures_of_one_certificate_do_not_enrol()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);
        var once = fixture.Card.Sign(CertificateKind.Authentication, visit.Document);

        var answer = await visit.AnswerAsync(once, once, visit.SignatureOfLink(fixture.Card));

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.wrong-kind");
    }

    [Fact]
    public async Task The_same_answer_again_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        var signatures = visit.SignaturesOf(fixture.Card);
        (await visit.AnswerAsync(signatures)).Status.ShouldBe(HttpStatusCode.OK);

        var answer = await visit.AnswerAsync(signatures);

        await ShouldBeRefusedAsync(fixture, visit, answer, TransactionOver, TransactionOver);
    }

    [Fact]
    public async Task A_second_fetch_kills_the_login_for_both_programs()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var (status, ticket) = await fixture.NewAgent().FetchAsync(visit.Begun.Ticket);
        var answer = await visit.AnswerAsync(fixture.Card);

        status.ShouldBe(HttpStatusCode.NotFound);
        ticket.ShouldBeNull();
        answer.Refusal.ShouldBe(TransactionOver);
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.fetched-again", TransactionOver]);
        (await visit.Begun.Browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("同じ確認が2回使われました");
    }

    [Theory]
    [InlineData(179, HttpStatusCode.OK)]
    [InlineData(180, HttpStatusCode.NotFound)]
    public async Task A_login_can_be_answered_for_three_minutes(int seconds, HttpStatusCode expected)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var answer = await visit.AnswerAsync(fixture.Card);

        answer.Status.ShouldBe(expected);
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(expected is HttpStatusCode.OK ? [] : [TransactionOver]);
    }

    [Fact]
    public async Task A_login_that_nobody_fetched_in_time_is_over()
    {
        await using var fixture = await CardFixture.StartAsync();
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Login);
        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(180));

        var (status, _) = await fixture.Agent.FetchAsync(begun.Ticket);

        status.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.RefusalsAsync(begun.Transaction)).ShouldBe([TransactionOver]);
        (await fixture.Browser.ReadAsync($"/login/card/{begun.Transaction}")).ShouldNotContain("/sign?tx=");
    }

    [Fact]
    public async Task A_login_that_was_not_fetched_cannot_be_answered()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var begun = await fixture.NewBrowser().BeginAsync(CardPurpose.Login);

        var answer = await fixture.Agent.AnswerAsync(begun.Ticket, "", fixture.Card.Sign(CertificateKind.Authentication, [1, 2, 3]));

        answer.Refusal.ShouldBe(TransactionOver);
        (await fixture.RefusalsAsync(begun.Transaction)).ShouldBe([TransactionOver]);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%2F")]
    public async Task A_ticket_that_was_never_given_out_fetches_nothing(string ticket)
    {
        await using var fixture = await CardFixture.StartAsync();

        (await fixture.Agent.FetchAsync(new Uri(TestBrowser.Origin, $"/card/t/{ticket}"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_refusals_leave_the_login_alive()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        await visit.AnswerAsync(Nonsense);
        await visit.AnswerAsync(Nonsense);

        (await visit.AnswerAsync(fixture.Card)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_third_refusal_ends_the_login()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        await visit.AnswerAsync(Nonsense);
        await visit.AnswerAsync(Nonsense);
        await visit.AnswerAsync(Nonsense);

        (await visit.AnswerAsync(fixture.Card)).Refusal.ShouldBe(TransactionOver);

        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["jpki.not-der", "jpki.not-der", "jpki.not-der", TransactionOver], ignoreOrder: true);
        (await visit.Begun.Browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("カードの署名を確かめられなかったため");
    }

    [Fact]
    public async Task More_signatures_than_asked_for_are_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card.Sign(CertificateKind.Authentication, visit.Document), fixture.Card.Sign(CertificateKind.Signature, visit.Document));

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.not-one-signer");
    }

    [Fact]
    public async Task A_signature_said_to_be_for_another_document_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card.Sign(CertificateKind.Authentication, visit.Document) with { Document = 1 });

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.wrong-kind");
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"responseSecret":null,"signatures":[],"agent":{"publicKey":"","signature":"","version":""}}""")]
    [InlineData("application/json", """{"responseSecret":"s","signatures":[{"document":0,"certificate":"authentication","cms":"?"}],"agent":{"publicKey":"","signature":"","version":""}}""")]
    [InlineData("application/json", """{"responseSecret":"s","signatures":[{"document":0,"certificate":"authentication,signature","cms":""}],"agent":{"publicKey":"","signature":"","version":""}}""", "/signatures/0/certificate")]
    [InlineData("application/json", """{"responseSecret":"s","signatures":[],"agent":{"publicKey":"","signature":""}}""", "/agent/version")]
    public async Task A_body_that_is_no_answer_is_refused_as_such(string contentType, string body, string? pointer = null)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        using var http = fixture.Portal.CreateDefaultClient();
        using var content = new StringContent(body, Encoding.UTF8, contentType);

        using var answer = await http.PostAsync(visit.Begun.Ticket + "/response", content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("card.bad-response");
        if (pointer is not null)
        {
            var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken);
            problem!.Errors!.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
        }
    }

    [Theory]
    [InlineData("text/plain"), InlineData("application/jsonx"), InlineData("application/json-patch+json")]
    public async Task Another_media_type_is_no_answer(string mediaType)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        using var http = fixture.Portal.CreateDefaultClient();
        using var content = new StringContent("{}", Encoding.UTF8, mediaType);

        using var answer = await http.PostAsync(visit.Begun.Ticket + "/response", content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("request.not-json");
    }
}
