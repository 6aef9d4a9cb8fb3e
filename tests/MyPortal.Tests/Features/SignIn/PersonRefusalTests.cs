using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Visits;
using static MyPortal.Tests.Features.SignIn.Visits.RefusedLogin;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Steps 10 to 12 of the verifier: whose card it is, and whether it may still be used here.</summary>
public sealed class PersonRefusalTests
{
    [Fact]
    public async Task Somebody_who_has_not_enrolled_is_told_so()
    {
        await using var world = await CardWorld.StartAsync();
        var visit = await world.FetchAsync();

        var answer = await visit.AnswerAsync(world.Card);

        await ShouldBeRefusedAsync(world, visit, answer, "card.not-enrolled", "card.not-enrolled");
        (await world.Browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("まだ利用登録されていません");
    }

    [Fact]
    public async Task Somebody_who_has_enrolled_does_not_enrol_again()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var visit = await world.FetchAsync(CardPurpose.Enrol, world.NewBrowser());

        var answer = await visit.AnswerAsync(world.Card);

        await ShouldBeRefusedAsync(world, visit, answer, "card.already-enrolled", "card.already-enrolled");
    }

    [Fact]
    public async Task The_certificates_of_two_people_do_not_make_one_account()
    {
        await using var world = await CardWorld.StartAsync();
        var other = await TestCard.AnotherPersonsAsync();
        var visit = await world.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(
            world.Card.Sign(CertificateKind.Authentication, visit.Document),
            other.Sign(CertificateKind.Signature, visit.Document),
            visit.SignatureOfLink(world.Card));

        await ShouldBeRefusedAsync(world, visit, answer, "jpki.not-one-person");
    }

    [Fact]
    public async Task Nobody_enrols_while_the_linkage_service_cannot_be_asked_but_everybody_signs_in()
    {
        await using var world = await CardWorld.EnrolledAsync();
        world.Portal.Issuer.IsLinkageReachable = false;
        var visit = await world.FetchAsync(CardPurpose.Enrol, world.NewBrowser());

        var answer = await visit.AnswerAsync(await TestCard.AnotherPersonsAsync());

        await ShouldBeRefusedAsync(world, visit, answer, "jpki.linkage-unavailable", IssuerUnavailable);
        (await world.PassAsync(browser: world.NewBrowser())).ShouldBe("/");
    }

    [Fact]
    public async Task A_card_reported_lost_is_refused_whatever_the_issuer_says()
    {
        await using var world = await CardWorld.EnrolledAsync();
        await ChangeCertificateAsync(world, certificate => certificate.Block(world.Portal.Clock.GetUtcNow()));
        var visit = await world.FetchAsync(browser: world.NewBrowser());

        var answer = await visit.AnswerAsync(world.Card);

        await ShouldBeRefusedAsync(world, visit, answer, "card.blocked", "card.blocked");
        (await world.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.blocked"], "whoever has an account keeps a record of what was tried with the card");
    }

    [Fact]
    public async Task A_card_reported_lost_after_it_signed_is_refused_at_the_last_step()
    {
        await using var world = await CardWorld.EnrolledAsync();
        var browser = world.NewBrowser();
        var visit = await world.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(world.Card);
        await ChangeCertificateAsync(world, certificate => certificate.Block(world.Portal.Clock.GetUtcNow()));

        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.blocked");

        (await world.ViewerOfAsync(browser)).ShouldBeNull();
        (await world.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.blocked"]);
    }

    [Fact]
    public async Task A_card_reported_lost_does_not_enrol_again()
    {
        await using var world = await CardWorld.EnrolledAsync();
        await ChangeCertificateAsync(world, certificate => certificate.Block(world.Portal.Clock.GetUtcNow()));
        var visit = await world.FetchAsync(CardPurpose.Enrol, world.NewBrowser());

        var answer = await visit.AnswerAsync(world.Card);

        await ShouldBeRefusedAsync(world, visit, answer, "card.already-enrolled", "card.already-enrolled");
    }

    [Fact]
    public async Task A_certificate_that_a_renewed_one_replaced_is_refused()
    {
        await using var world = await CardWorld.EnrolledAsync();
        await ChangeCertificateAsync(world, certificate => certificate.Supersede(world.Portal.Clock.GetUtcNow()));
        var visit = await world.FetchAsync(browser: world.NewBrowser());

        var answer = await visit.AnswerAsync(world.Card);

        await ShouldBeRefusedAsync(world, visit, answer, CertificateNotValid, CertificateNotValid);
    }

    private static async Task ChangeCertificateAsync(CardWorld world, Action<CardCertificate> change)
    {
        await using var db = world.Portal.OpenDatabase();
        change(await db.Set<CardCertificate>().SingleAsync(TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
