using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>
/// An append-only file of JSON lines, each with the hash over the hash before it and its own record: who changes or removes a line
/// in the middle is found at the next start.
/// </summary>
/// <typeparam name="T">What is recorded.</typeparam>
internal sealed class RecordChain<T>
{
    private readonly Lock gate = new();
    private readonly string path;
    private readonly List<T> records = [];
    private string lastHash = new('0', 64);

    /// <summary>Reads what is there.</summary>
    /// <param name="folder">Where the file lives.</param>
    /// <param name="name">Name of the file.</param>
    /// <exception cref="InvalidDataException">The chain is broken.</exception>
    public RecordChain(DataFolder folder, string name)
    {
        path = folder.File(name);
        var stored = folder.ReadOrNull(name);
        if (stored is null) folder.Write(name, "");
        foreach (var line in (stored ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)) Load(line, name);
    }

    public IReadOnlyList<T> All
    {
        get
        {
            lock (gate) return [.. records];
        }
    }

    public void Append(T record)
    {
        lock (gate)
        {
            var json = JsonSerializer.Serialize(record, ContractJson.Options);
            lastHash = HashOf(lastHash, json);
            File.AppendAllText(path, $"{{\"record\":{json},\"hash\":\"{lastHash}\"}}\n");
            records.Add(record);
        }
    }

    private void Load(string line, string name)
    {
        var entry = JsonSerializer.Deserialize<JsonElement>(line);
        var record = entry.GetProperty("record");
        lastHash = HashOf(lastHash, record.GetRawText());
        if (entry.GetProperty("hash").GetString() != lastHash) throw new InvalidDataException($"{name}: line {records.Count + 1} is not what was recorded.");
        records.Add(record.Deserialize<T>(ContractJson.Options)!);
    }

    private static string HashOf(string previous, string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + json)));
}
