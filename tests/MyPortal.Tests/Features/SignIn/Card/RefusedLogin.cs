using System.Net;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>What every refusal has in common: one code outside, the exact reason in the access record, and nobody is signed in.</summary>
internal static class RefusedLogin
{
    public const string NotAccepted = "card.not-accepted";
    public const string CertificateNotValid = "card.certificate-not-valid";
    public const string IssuerUnavailable = "card.issuer-unavailable";
    public const string TransactionOver = "card.transaction-over";

    /// <summary>Answers a login of an enrolled person with these bytes as CMS and expects a refusal.</summary>
    public static async Task ExpectAsync(Func<FetchedVisit, CardFixture, byte[]> cms, string recorded, string outside = NotAccepted)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();

        var answer = await visit.AnswerAsync(cms(visit, fixture));

        await ShouldBeRefusedAsync(fixture, visit, answer, recorded, outside);
    }

    public static async Task ShouldBeRefusedAsync(CardFixture fixture, FetchedVisit visit, AgentAnswer answer, string recorded, string outside = NotAccepted)
    {
        answer.Refusal.ShouldBe(outside);
        answer.CompletionCode.ShouldBeNull();
        answer.Status.ShouldBe(StatusOf(outside));
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe([recorded]);
    }

    private static HttpStatusCode StatusOf(string outside) => outside switch
    {
        TransactionOver => HttpStatusCode.NotFound,
        IssuerUnavailable => HttpStatusCode.ServiceUnavailable,
        "card.already-enrolled" => HttpStatusCode.Conflict,
        _ => HttpStatusCode.Forbidden,
    };
}
