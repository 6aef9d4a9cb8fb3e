using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Features.SignIn.Card;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Jpki;

/// <summary>Step 9 of the verifier: nobody signs in with a certificate that the issuer did not just call good.</summary>
public sealed class RevocationRefusalTests
{
    [Theory, Requirement(21)]
    [InlineData(X509RevocationReason.KeyCompromise)]
    [InlineData(X509RevocationReason.CertificateHold)]
    [InlineData(X509RevocationReason.AffiliationChanged)]
    public async Task A_revoked_certificate_is_refused_for_whatever_reason(X509RevocationReason reason)
    {
        await using var fixture = await FreshCardAsync();
        await fixture.PassAsync(CardPurpose.Enrol);
        fixture.Portal.Authority.Revoke(fixture.Card.Serial, reason);
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.revoked", CertificateNotValid);
    }

    [Fact]
    public async Task A_card_whose_signature_certificate_is_revoked_signs_in_but_does_not_enrol()
    {
        await using var fixture = await FreshCardAsync();
        await fixture.PassAsync(CardPurpose.Enrol);
        fixture.Portal.Authority.Revoke(TestCard.SerialOf(fixture.Card.Signature), X509RevocationReason.AffiliationChanged);
        var enrolment = await fixture.FetchAsync(CardPurpose.Enrol, fixture.NewBrowser());

        var answer = await enrolment.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, enrolment, answer, "jpki.revoked", CertificateNotValid);
        (await fixture.PassAsync(browser: fixture.NewBrowser())).ShouldBe("/");
    }

    [Fact]
    public Task A_certificate_that_the_issuer_does_not_know_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            using var key = RSA.Create(2048);
            using var certificate = OddCertificates.SignedBy(fixture.Portal.Authority.Root(CertificateKind.Authentication), key);
            return CardCms.Sign(certificate, visit.Document);
        },
        "jpki.unknown-to-issuer",
        CertificateNotValid);

    [Theory]
    [InlineData("Stale")]
    [InlineData("OtherNonce")]
    [InlineData("NoNonce")]
    [InlineData("OtherSerial")]
    [InlineData("BrokenSignature")]
    [InlineData("ForeignDelegate")]
    [InlineData("CheckedDelegate")]
    [InlineData("NoNextUpdate")]
    [InlineData("TryLater")]
    public async Task An_answer_that_cannot_be_relied_on_counts_as_none(string fault)
    {
        await using var fixture = await CardFixture.StartAsync();
        fixture.Portal.Issuer.Fault = Enum.Parse<OcspFault>(fault);
        var visit = await fixture.FetchAsync();

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.revocation-unavailable", IssuerUnavailable);
    }

    [Fact, Requirement(21)]
    public async Task Nobody_signs_in_while_the_issuer_cannot_be_asked_and_afterwards_everybody_can_again()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        fixture.Portal.Issuer.IsRevocationReachable = false;
        var visit = await fixture.FetchAsync(browser: browser);

        var answer = await visit.AnswerAsync(fixture.Card);

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.revocation-unavailable", IssuerUnavailable);
        (await browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("カードに問題があるわけではありません");
        fixture.Portal.Issuer.IsRevocationReachable = true;
        (await fixture.PassAsync(browser: browser)).ShouldBe("/");
    }

    private static async Task<CardFixture> FreshCardAsync() =>
        await CardFixture.StartAsync(card: TestCard.Issue((await Fixtures.TestIssuer.FoundedAsync()).Authority));
}
