using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Jpki.Forging;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Jpki;

/// <summary>What the framework throws at is a refusal like any other: coded, recorded and counted, so that no transaction can be answered for ever.</summary>
public sealed class HostileAnswerTests
{
    [Theory]
    [InlineData("a point off its curve", "jpki.wrong-key")]
    [InlineData("a third number in the key", "jpki.wrong-key")]
    [InlineData("a long length in an attribute", "jpki.not-der")]
    [InlineData("an empty serial", "jpki.not-der")]
    [InlineData("an empty serial of the signer alone", "jpki.not-der")]
    [InlineData("a second 60 of signing", "jpki.not-der")]
    [InlineData("a second 60 of validity", "jpki.not-der")]
    public async Task Each_is_recorded_with_its_reason_and_the_third_ends_the_login(string what, string recorded)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        var hostile = HostileAnswers.Make(what, visit.Document);

        for (var attempt = 0; attempt < CardTransaction.MostRefusals; attempt++)
        {
            (await visit.AnswerAsync(hostile)).Refusal.ShouldBe(NotAccepted);
        }

        (await visit.AnswerAsync(fixture.Card)).Refusal.ShouldBe(TransactionOver);
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe([recorded, recorded, recorded, TransactionOver], ignoreOrder: true);
    }

    [Fact]
    public async Task At_enrolment_the_same_holds_for_the_signature_certificate()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(
            fixture.Card.Sign(CertificateKind.Authentication, visit.Document),
            new CardSignature(0, CertificateKind.Signature, HostileAnswers.Make("a third number in the key", visit.Document)),
            visit.SignatureOfLink(fixture.Card));

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.wrong-key");
    }
}
