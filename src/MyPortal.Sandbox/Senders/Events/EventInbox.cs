using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders.Events;

/// <summary>An event that a sender received.</summary>
/// <param name="Sender">Short name of the sender.</param>
/// <param name="Event">The event.</param>
/// <param name="ReceivedAt">When it came first.</param>
/// <param name="Times">How often it came.</param>
internal sealed record ReceivedEvent(string Sender, SenderEvent Event, DateTimeOffset ReceivedAt, int Times);

/// <summary>What the sandbox's senders have received at their webhooks. An event that comes again is counted, not taken twice.</summary>
internal sealed class EventInbox(Uri portal, HttpClient http, TimeProvider clock)
{
    private const int MostKept = 200;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, ReceivedEvent> events = [];
    private IReadOnlyList<MessageKeyEntry> keys = [];
    private int refused;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<ReceivedEvent> Events
    {
        get
        {
            lock (gate) return [.. events.Values.OrderByDescending(e => e.ReceivedAt)];
        }
    }

    /// <summary>Messages whose check failed.</summary>
    public int Refused => refused;

    /// <summary>Takes a message; returns what is wrong with it, or null when it was taken.</summary>
    public async Task<string?> TakeAsync(string sender, ArrivedMessage message, CancellationToken cancellationToken)
    {
        var fault = MessageCheck.FaultIn(message, await KeysForAsync(message, cancellationToken), clock.GetUtcNow());
        if (fault is not null)
        {
            Interlocked.Increment(ref refused);
            return fault;
        }
        if (Read(message.Body) is { } arrived) Keep(sender, arrived);
        return null;
    }

    // A type we do not know is acknowledged and left aside, so that the portal can grow.
    private static SenderEvent? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SenderEvent>(body, ContractJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Keep(string sender, SenderEvent arrived)
    {
        lock (gate)
        {
            events[arrived.Id] = events.TryGetValue(arrived.Id, out var known) ? known with { Times = known.Times + 1 } : new ReceivedEvent(sender, arrived, clock.GetUtcNow(), 1);
            if (events.Count > MostKept) events.Remove(events.MinBy(e => e.Value.ReceivedAt).Key);
        }
    }

    // The key set is asked for again only when a message names a key that is not in it.
    private async Task<IReadOnlyList<MessageKeyEntry>> KeysForAsync(ArrivedMessage message, CancellationToken cancellationToken)
    {
        var id = MessageCheck.KeyOf(message);
        if (id is null || keys.Any(k => k.Kid == id)) return keys;
        var set = await http.GetFromJsonAsync<MessageKeySet>(new Uri(portal, "/api/v1/message-keys"), ContractJson.Options, cancellationToken);
        return keys = set?.Keys ?? [];
    }
}
