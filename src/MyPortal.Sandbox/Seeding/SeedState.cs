using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Seeding;

/// <summary>What has been done in this data folder, so that a later start does not do it again. What a sender learned about its customers is kept only here.</summary>
internal sealed class SeedState
{
    private const string FileName = "world.json";

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private Kept kept;

    public SeedState(DataFolder folder, DateOnly today)
    {
        this.folder = folder;
        var stored = folder.ReadOrNull(FileName);
        kept = stored is null ? new Kept(today, [], []) : JsonSerializer.Deserialize<Kept>(stored, ContractJson.Options)!;
    }

    /// <summary>Dates in the first notices count from this day, so that a repeated post is the same post.</summary>
    public DateOnly FoundedOn => kept.FoundedOn;

    public IReadOnlyList<CustomerConnection> Connections => kept.Connections ?? [];

    public bool HasEnrolled(string card) => kept.Enrolled.Contains(card, StringComparer.Ordinal);

    public bool HasPosted(string key) => kept.Posted.Contains(key, StringComparer.Ordinal);

    /// <summary>Cards of the people who became operators.</summary>
    public IReadOnlyList<string> Appointed => kept.Appointed ?? [];

    public void Appoint(string card) => Change(k => k with { Appointed = [.. k.Appointed ?? [], card] });

    public void Enrolled(string card) => Change(k => k with { Enrolled = [.. k.Enrolled, card] });

    public void Posted(string key) => Change(k => k with { Posted = [.. k.Posted, key] });

    /// <summary>Whether seeding has connected them, even if the person ended it since.</summary>
    public bool HasConnected(string sender, string card) => kept.Posted.Contains($"connected/{sender}/{card}", StringComparer.Ordinal);

    public void HasBegun(string sender, string card) => Posted($"connected/{sender}/{card}");

    /// <summary>The sender's code for a person; null as long as the person has not connected it, or after it ended.</summary>
    public string? CodeOf(string sender, string card) => Connections.LastOrDefault(c => c.Sender == sender && c.Card == card)?.Code;

    /// <summary>A person came back from the portal with a code; an older one of the same person is forgotten.</summary>
    public void Connected(CustomerConnection connection) =>
        Change(k => k with { Connections = [.. (k.Connections ?? []).Where(c => c.Sender != connection.Sender || c.Card != connection.Card), connection] });

    /// <summary>The portal said that the consent ended.</summary>
    public void Disconnected(string sender, Guid consent) =>
        Change(k => k with { Connections = [.. (k.Connections ?? []).Where(c => c.Sender != sender || c.Consent != consent)] });

    private void Change(Func<Kept, Kept> change)
    {
        lock (gate)
        {
            kept = change(kept);
            folder.Write(FileName, JsonSerializer.Serialize(kept, ContractJson.Options));
        }
    }

    private sealed record Kept(
        DateOnly FoundedOn,
        IReadOnlyList<string> Enrolled,
        IReadOnlyList<string> Posted,
        IReadOnlyList<CustomerConnection>? Connections = null,
        IReadOnlyList<string>? Appointed = null);
}

/// <summary>What a sender keeps of a customer who connected the portal.</summary>
/// <param name="Sender">Short name of the sender.</param>
/// <param name="Card">Which customer.</param>
/// <param name="Code">26 Crockford base32 characters.</param>
/// <param name="Consent">Identifier of the consent.</param>
internal sealed record CustomerConnection(string Sender, string Card, string Code, Guid Consent);
