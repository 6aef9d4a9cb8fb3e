namespace MyPortal.CardAgent.Tests.Fixtures;

/// <summary>A fresh portal and a fresh agent for each test.</summary>
public abstract class TransactionFixture : IAsyncLifetime
{
    private readonly List<TestCard> _cards = [];

    private protected FakePortal Portal { get; private set; } = null!;

    private protected RunningAgent Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await FakePortal.StartAsync();
        Agent = await RunningAgent.StartAsync(Portal.Origin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var card in _cards) card.Dispose();
        await Agent.DisposeAsync();
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<TestCard> PutDownAsync(TestCard card)
    {
        _cards.Add(card);
        await Agent.PutDownAsync(card);
        return card;
    }

    private protected Task<AgentPage> EnterAsync(string language = "ja") => Agent.EnterAsync(Portal.NewTicket(), language);
}
