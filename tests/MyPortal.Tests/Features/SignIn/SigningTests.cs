using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Jpki.Forging;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>A person signs one text with both certificates; the feature that asked takes it in the same moment, or nothing happened.</summary>
public sealed class SigningTests
{
    private const string Text = "山田花子は、この文章に署名します。\n二つめの行です。";
    private static readonly Guid About = Guid.Parse("01980000-0000-7000-8000-000000000001");

    [Theory, EveryDatabase]
    public async Task What_was_signed_reaches_its_taker_with_the_certified_name(Engine engine)
    {
        var taker = new Taker();
        await using var fixture = await StartAsync(taker, engine);

        var (visit, sentTo) = await SignAsync(fixture, fixture.Card);

        sentTo.ShouldBe("/account?done=signed");
        var signed = taker.Taken.ShouldHaveSingleItem();
        (signed.About, signed.Role, signed.Text, signed.HolderName).ShouldBe((About, SigningRole.Principal, Text, TestCard.Attributes.Name));
        signed.Document.ShouldBe(visit.Document);
        signed.CheckedAt.ShouldBe(fixture.Portal.Clock.Now());
        signed.CertificateHash.Length.ShouldBe(32);
        signed.Signer.Citizen.ShouldBe((await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull().Citizen);
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.TextSigned && record.ObjectId == About, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task The_document_carries_role_and_digest_and_the_ticket_the_text()
    {
        await using var fixture = await StartAsync(new Taker());

        var visit = await FetchAsync(fixture);

        var document = JsonSerializer.Deserialize<CardDocument>(visit.Document, ContractJson.Options).ShouldNotBeNull();
        var bytes = Encoding.UTF8.GetBytes(Text);
        document.Statement.ShouldBe(new SignedStatement(SigningRole.Principal, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, "text/plain;charset=utf-8"));
        (document.Level, document.Subject?.Length).ShouldBe((4, 64));
        document.Certificates.ShouldBe([CertificateKind.Authentication, CertificateKind.Signature]);
        visit.Ticket.Text.ShouldBe(bytes);
    }

    [Fact]
    public async Task A_signature_without_the_signature_certificate_is_refused()
    {
        var taker = new Taker();
        await using var fixture = await StartAsync(taker);
        var visit = await FetchAsync(fixture);

        (await visit.AnswerAsync(fixture.Card.Sign(CertificateKind.Authentication, visit.Document))).Refusal.ShouldBe("card.not-accepted");

        taker.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_signature_certificate_of_somebody_else_is_refused()
    {
        var taker = new Taker();
        await using var fixture = await StartAsync(taker);
        var other = await TestCard.AnotherPersonsAsync();
        var visit = await FetchAsync(fixture);

        var answer = await visit.AnswerAsync(fixture.Card.Sign(CertificateKind.Authentication, visit.Document), other.Sign(CertificateKind.Signature, visit.Document));

        answer.Refusal.ShouldBe("card.not-accepted");
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["jpki.not-one-person"]);
        taker.Taken.ShouldBeEmpty();
    }

    [Fact]
    [Requirement(20)]
    public async Task Another_persons_card_signs_nothing_and_ends_the_session()
    {
        var taker = new Taker();
        await using var fixture = await StartAsync(taker);
        var visit = await FetchAsync(fixture);

        (await visit.AnswerAsync(await TestCard.AnotherPersonsAsync())).Refusal.ShouldBe("card.other-person");

        taker.Taken.ShouldBeEmpty();
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_taker_refuses_leaves_nothing_behind()
    {
        var taker = new Taker { Refusal = new Error("mandate.not-now", ErrorKind.Conflict) };
        await using var fixture = await StartAsync(taker);
        var token = fixture.Browser.SessionToken;

        var (visit, sentTo) = await SignAsync(fixture, fixture.Card);

        sentTo.ShouldBe("/account?done=signed");
        fixture.Browser.SessionToken.ShouldBe(token);
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["mandate.not-now"]);
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<AccessRecord>().AnyAsync(record => record.Event == AccessEvent.TextSigned, TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_text_is_kept_sealed_only()
    {
        await using var fixture = await StartAsync(new Taker());
        var visit = await FetchAsync(fixture);

        await using var db = fixture.Portal.OpenDatabase();
        var transaction = await db.Set<CardTransaction>().SingleAsync(found => found.Id == visit.Begun.Transaction, TestContext.Current.CancellationToken);
        transaction.SealedText.ShouldNotBeNull().AsSpan().IndexOf("山田花子"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_signature_certificate_that_cannot_be_read_is_counted_like_every_refusal()
    {
        var taker = new Taker();
        await using var fixture = await StartAsync(taker);
        var visit = await FetchAsync(fixture);
        var own = fixture.Card.Sign(CertificateKind.Authentication, visit.Document);
        var hostile = new CardSignature(0, CertificateKind.Signature, HostileAnswers.Make("a point off its curve", visit.Document));

        for (var attempt = 0; attempt < CardTransaction.MostRefusals; attempt++)
        {
            (await visit.AnswerAsync(own, hostile)).Refusal.ShouldBe("card.not-accepted");
        }

        (await visit.AnswerAsync(fixture.Card)).Refusal.ShouldBe("card.transaction-over");
        (await fixture.RefusalsAsync(visit.Begun.Transaction)).ShouldBe(["jpki.wrong-key", "jpki.wrong-key", "jpki.wrong-key", "card.transaction-over"], ignoreOrder: true);
        taker.Taken.ShouldBeEmpty();
    }

    private static Task<CardFixture> StartAsync(Taker taker, Engine engine = Engine.Sqlite) =>
        CardFixture.EnrolledAsync(engine, configure: web => web.ConfigureTestServices(services => services.AddSingleton<ISignedTextHandler>(taker)));

    private static async Task<FetchedVisit> FetchAsync(CardFixture fixture)
    {
        var viewer = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        var request = new CardRequest(CardPurpose.Sign, "/account") { Person = viewer, Text = new TextToSign("test", About, SigningRole.Principal, Text) };
        var started = await fixture.Portal.Get<StartCardTransaction>().ExecuteAsync(request, TestContext.Current.CancellationToken);
        fixture.Browser.SetCookie("card-binding", started.Binding);
        return await fixture.FetchAsync(await fixture.Browser.ReachAsync(CardPurpose.Sign, $"/sign/card/{started.Id}"));
    }

    private static async Task<(FetchedVisit Visit, string? SentTo)> SignAsync(CardFixture fixture, TestCard card)
    {
        var visit = await FetchAsync(fixture);
        var answer = await visit.AnswerAsync(card);
        answer.Refusal.ShouldBeNull();
        return (visit, await fixture.Browser.CompleteAsync(answer.CompletionCode));
    }

    private sealed class Taker : ISignedTextHandler
    {
        public string Kind => "test";

        public List<SignedText> Taken { get; } = [];

        public Error? Refusal { get; init; }

        public Task<SignedTextOutcome> TakeAsync(PortalDbContext db, SignedText signed, CancellationToken cancellationToken)
        {
            Taken.Add(signed);
            return Task.FromResult(new SignedTextOutcome("/account?done=signed", Refusal));
        }
    }
}
