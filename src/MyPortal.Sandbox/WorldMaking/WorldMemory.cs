using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.WorldMaking;

/// <summary>What has been done in this data folder, so that a later start does not do it again. Recipient codes are kept only here.</summary>
internal sealed class WorldMemory
{
    private const string FileName = "world.json";

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private Kept kept;

    public WorldMemory(DataFolder folder, DateOnly today)
    {
        this.folder = folder;
        var stored = folder.ReadOrNull(FileName);
        kept = stored is null ? new Kept(today, [], [], []) : JsonSerializer.Deserialize<Kept>(stored, ContractJson.Options)!;
    }

    /// <summary>Dates in the first notices count from this day, so that a repeated post is the same post.</summary>
    public DateOnly FoundedOn => kept.FoundedOn;

    public IReadOnlyList<SandboxRecipientCode> Codes => kept.Codes;

    public bool HasEnrolled(string card) => kept.Enrolled.Contains(card, StringComparer.Ordinal);

    public bool HasPosted(string key) => kept.Posted.Contains(key, StringComparer.Ordinal);

    /// <summary>Cards of the people who became operators.</summary>
    public IReadOnlyList<string> Appointed => kept.Appointed ?? [];

    public void Appoint(string card) => Change(k => k with { Appointed = [.. k.Appointed ?? [], card] });

    public void Enrolled(string card) => Change(k => k with { Enrolled = [.. k.Enrolled, card] });

    public void Posted(string key) => Change(k => k with { Posted = [.. k.Posted, key] });

    public void Granted(IReadOnlyList<SandboxRecipientCode> codes) => Change(k => k with { Codes = codes });

    private void Change(Func<Kept, Kept> change)
    {
        lock (gate)
        {
            kept = change(kept);
            folder.Write(FileName, JsonSerializer.Serialize(kept, ContractJson.Options));
        }
    }

    private sealed record Kept(DateOnly FoundedOn, IReadOnlyList<string> Enrolled, IReadOnlyList<string> Posted, IReadOnlyList<SandboxRecipientCode> Codes, IReadOnlyList<string>? Appointed = null);
}
