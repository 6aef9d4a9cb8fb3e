using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using MyPortal.CardAgent.Guards;

namespace MyPortal.CardAgent.Transports;

/// <summary>Plays the card reader for virtual cards: listens on 127.0.0.1, and each connection is one card that was put down.</summary>
internal sealed class VirtualTransport(IOptions<AgentOptions> options, SameUserRule sameUser, ILogger<VirtualTransport> log)
    : BackgroundService, ICardTransport
{
    private const int MostCards = 64;
    private readonly Lock _gate = new();
    private readonly List<VirtualSlot> _slots = [];
    private Socket? _listener;

    /// <summary>The port that cards connect to; known once the agent has started.</summary>
    public int Port => ((IPEndPoint)(_listener ?? throw new InvalidOperationException("Not started.")).LocalEndPoint!).Port;

    public IReadOnlyList<ICardSlot> PresentCards()
    {
        lock (_gate)
        {
            foreach (var gone in _slots.Where(slot => !slot.IsPresent).ToList())
            {
                _slots.Remove(gone);
                gone.Dispose();
            }

            return [.. _slots];
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = LoopbackSocket.Bind(options.Value.CardPort);
        _listener.Listen();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        lock (_gate)
        {
            foreach (var slot in _slots) slot.Dispose();
            _slots.Clear();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var line = await _listener!.AcceptAsync(stoppingToken);
            _ = Task.Run(() => PutDown(line), stoppingToken);
        }
    }

    private void PutDown(Socket line)
    {
        if (!sameUser.Allows(line.RemoteEndPoint, line.LocalEndPoint) || PresentCards().Count >= MostCards)
        {
            log.LogWarning("A connection to the card port was refused");
            line.Dispose();
            return;
        }

        var slot = new VirtualSlot(line);
        if (!slot.PowerUp())
        {
            log.LogWarning("What connected to the card port is no card");
            slot.Dispose();
            return;
        }

        lock (_gate) _slots.Add(slot);
        log.LogInformation("A virtual card was put down");
    }
}
