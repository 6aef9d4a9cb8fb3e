using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Card;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Steps 10 to 12 of the verifier: whose card it is, and whether it may still be used here.</summary>
public sealed class PersonRefusalTests
{
    [Fact]
    public async Task Somebody_who_has_not_enrolled_is_told_so()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "card.not-enrolled", "card.not-enrolled");
        (await fixture.Browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("まだ利用登録されていません");
    }

    [Fact]
    public async Task Somebody_who_has_enrolled_does_not_enrol_again()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "card.already-enrolled", "card.already-enrolled");
    }

    [Fact]
    public async Task The_certificates_of_two_people_do_not_make_one_account()
    {
        await using var fixture = await CardFixture.StartAsync();
        var other = await TestCard.AnotherPersonsAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(
            fixture.Card.Sign(CertificateKind.Authentication, visit.Document),
            other.Sign(CertificateKind.Signature, visit.Document),
            visit.SignatureOfLink(fixture.Card));

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.not-one-person");
    }

    [Fact]
    public async Task Nobody_enrols_while_the_linkage_service_cannot_be_asked_but_everybody_signs_in()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        fixture.Portal.Issuer.IsLinkageReachable = false;
        var visit = await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser());

        var answer = await visit.AnswerAsync(await TestCard.AnotherPersonsAsync());

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.linkage-unavailable", IssuerUnavailable);
        (await fixture.PassAsync(browser: fixture.NewBrowser())).ShouldBe("/");
    }

    [Fact]
    public async Task A_card_reported_lost_is_refused_whatever_the_issuer_says()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await ChangeCertificateAsync(fixture, certificate => certificate.Block(fixture.Portal.Clock.GetUtcNow()));
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "card.blocked", "card.blocked");
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.blocked"], "whoever has an account keeps a record of what was tried with the card");
    }

    [Fact]
    public async Task A_card_reported_lost_after_it_signed_is_refused_at_the_last_step()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);
        await ChangeCertificateAsync(fixture, certificate => certificate.Block(fixture.Portal.Clock.GetUtcNow()));

        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.blocked");

        (await fixture.ViewerOfAsync(browser)).ShouldBeNull();
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.blocked"]);
    }

    [Fact]
    public async Task A_card_reported_lost_does_not_enrol_again()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await ChangeCertificateAsync(fixture, certificate => certificate.Block(fixture.Portal.Clock.GetUtcNow()));
        var visit = await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "card.already-enrolled", "card.already-enrolled");
    }

    [Fact]
    public async Task A_certificate_that_a_renewed_one_replaced_is_refused()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await ChangeCertificateAsync(fixture, certificate => certificate.Supersede(fixture.Portal.Clock.GetUtcNow()));
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, CertificateNotValid, CertificateNotValid);
    }

    private static async Task ChangeCertificateAsync(CardFixture fixture, Action<CardCertificate> change)
    {
        await using var db = fixture.Portal.OpenDatabase();
        change(await db.Set<CardCertificate>().SingleAsync(TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
