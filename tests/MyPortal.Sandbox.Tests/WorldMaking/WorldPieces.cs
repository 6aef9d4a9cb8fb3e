using MyPortal.Sandbox.Cast;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.WorldMaking;

namespace MyPortal.Sandbox.Tests.WorldMaking;

/// <summary>The parts of world making as the sandbox puts them together, with the cards in the reader.</summary>
internal sealed class WorldPieces : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly CardsInReaders readers;

    public WorldPieces(SandboxOptions options, IReadOnlyList<CastMember> cast)
    {
        (Options, Cast) = (options, cast);
        var folder = new DataFolder(options.Data);
        var senders = SandboxSender.All(folder.Sub("senders"));
        var clients = new SenderClients(senders, options.Portal, http, TimeProvider.System);
        Memory = new WorldMemory(folder, new DateOnly(2026, 11, 21));
        Round = new NoticeRound(new GrantCommand(options, cast, senders), senders, clients, Memory, TimeProvider.System);
        Board = new WorldBoard(options, cast, senders, clients, Memory);
        Doors = new Doors(options, cast, http, TimeProvider.System);
        readers = new CardsInReaders(cast);
        _ = readers.StartAsync(CancellationToken.None);
    }

    public SandboxOptions Options { get; }

    public IReadOnlyList<CastMember> Cast { get; }

    public WorldMemory Memory { get; }

    public NoticeRound Round { get; }

    public WorldBoard Board { get; }

    public Doors Doors { get; }

    public async ValueTask DisposeAsync()
    {
        await readers.StopAsync(CancellationToken.None);
        readers.Dispose();
        Round.Dispose();
        http.Dispose();
    }
}
