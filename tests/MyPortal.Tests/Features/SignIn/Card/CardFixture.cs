using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>The whole portal with one person's browser, card agent and card.</summary>
internal sealed class CardFixture : IAsyncDisposable
{
    private readonly List<IDisposable> owned = [];

    private CardFixture(TestPortal portal, TestCard card)
    {
        Portal = portal;
        Card = card;
        Browser = NewBrowser();
        Agent = NewAgent();
    }

    public TestPortal Portal { get; }

    public TestCard Card { get; }

    public TestBrowser Browser { get; }

    public TestAgent Agent { get; }

    public static async Task<CardFixture> StartAsync(Engine engine = Engine.Sqlite, TestCard? card = null, Action<IWebHostBuilder>? configure = null) =>
        new(await TestPortal.StartAsync(engine, configure), card ?? await TestCard.OrdinaryAsync());

    /// <summary>A person before a portal that runs already; the fixture ends it.</summary>
    public static CardFixture At(TestPortal portal, TestCard card) => new(portal, card);

    /// <summary>A fixture in which the person has enrolled; the browser is signed in.</summary>
    public static async Task<CardFixture> EnrolledAsync(Engine engine = Engine.Sqlite, TestCard? card = null, Action<IWebHostBuilder>? configure = null)
    {
        var fixture = await StartAsync(engine, card, configure);
        (await fixture.PassAsync(CardPurpose.Enrol)).ShouldBe("/enrol/name");
        return fixture;
    }

    public TestBrowser NewBrowser(string? userAgent = null)
    {
        var browser = userAgent is null ? new TestBrowser(Portal) : new TestBrowser(Portal, userAgent);
        owned.Add(browser);
        return browser;
    }

    public TestAgent NewAgent()
    {
        var agent = new TestAgent(Portal);
        owned.Add(agent);
        return agent;
    }

    /// <summary>Begins in the browser and lets the agent fetch the document.</summary>
    public async Task<FetchedVisit> FetchAsync(CardPurpose purpose = CardPurpose.Login, TestBrowser? browser = null, TestAgent? agent = null)
    {
        return await FetchAsync(await (browser ?? Browser).BeginAsync(purpose), agent);
    }

    /// <summary>Lets the agent fetch the document of a transaction that has begun.</summary>
    public async Task<FetchedVisit> FetchAsync(BegunVisit begun, TestAgent? agent = null)
    {
        var (_, ticket) = await (agent ?? Agent).FetchAsync(begun.Ticket);
        return new FetchedVisit(begun, agent ?? Agent, ticket.ShouldNotBeNull());
    }

    /// <summary>Goes the whole way and says where the portal sends the browser in the end.</summary>
    public async Task<string?> PassAsync(CardPurpose purpose = CardPurpose.Login, TestBrowser? browser = null, TestAgent? agent = null, TestCard? card = null)
    {
        var visit = await FetchAsync(purpose, browser, agent);
        var answer = await visit.AnswerAsync(card ?? Card);
        answer.Refusal.ShouldBeNull();
        return await visit.Begun.Browser.CompleteAsync(answer.CompletionCode);
    }

    /// <summary>Who a browser is for the portal; null when nobody.</summary>
    public async Task<Viewer?> ViewerOfAsync(TestBrowser browser) =>
        browser.SessionToken is { } token ? await Portal.Get<Sessions>().FindAsync(token, CancellationToken.None) : null;

    /// <summary>The reasons of refusals: those that strangers were only counted for, in the order of the alphabet, and those in the access records of a card transaction, oldest first.</summary>
    public async Task<IReadOnlyList<string>> RefusalsAsync(Guid transaction)
    {
        var counted = (await Portal.UnknownCallersAsync()).Where(word => word is not ("card.login-begun" or "card.enrolment-begun"));
        return [.. counted, .. await RecordedRefusalsAsync(transaction)];
    }

    /// <summary>The reasons in the access records of a card transaction, oldest first.</summary>
    public async Task<IReadOnlyList<string>> RecordedRefusalsAsync(Guid transaction)
    {
        await using var db = Portal.OpenDatabase();
        return await db.Set<AccessRecord>().Where(record => record.ObjectId == transaction && record.Event == AccessEvent.LoginRefused)
            .OrderBy(record => record.At).Select(record => record.Outcome).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        owned.ForEach(thing => thing.Dispose());
        await Portal.DisposeAsync();
    }
}

/// <summary>A card transaction whose document an agent holds.</summary>
internal sealed record FetchedVisit(BegunVisit Begun, TestAgent Agent, CardTicket Ticket)
{
    /// <summary>The exact bytes to be signed.</summary>
    public byte[] Document => Ticket.Documents[0];

    /// <summary>The exact bytes of the linkage hub's document; only at enrolment.</summary>
    public byte[] LinkDocument => Ticket.Documents[1];

    /// <summary>Answers as the agent does, with whatever certificates the purpose needs.</summary>
    public Task<AgentAnswer> AnswerAsync(TestCard card) => AnswerAsync(SignaturesOf(card));

    public Task<AgentAnswer> AnswerAsync(params CardSignature[] signatures) => Agent.AnswerAsync(Begun.Ticket, Ticket.ResponseSecret, signatures);

    /// <summary>Answers a login with these bytes as CMS.</summary>
    public Task<AgentAnswer> AnswerAsync(byte[] cms) => AnswerAsync(new CardSignature(0, CertificateKind.Authentication, cms));

    public CardSignature SignatureOfLink(TestCard card) => card.Sign(CertificateKind.Authentication, LinkDocument, index: 1);

    public CardSignature[] SignaturesOf(TestCard card) => Begun.Purpose switch
    {
        CardPurpose.Enrol => [card.Sign(CertificateKind.Authentication, Document), card.Sign(CertificateKind.Signature, Document), SignatureOfLink(card)],
        CardPurpose.Sign => [card.Sign(CertificateKind.Authentication, Document), card.Sign(CertificateKind.Signature, Document)],
        _ => [card.Sign(CertificateKind.Authentication, Document)],
    };
}
