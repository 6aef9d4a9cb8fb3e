using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>One certificate the authority issued, and whether it still stands.</summary>
/// <param name="Serial">Lower-case hex.</param>
/// <param name="Kind">Which of the two certificates.</param>
/// <param name="Generation">Generation of the root.</param>
/// <param name="Holder">Short id of the person.</param>
/// <param name="RevokedAt">Null while it is good.</param>
/// <param name="Reason">Why it was revoked.</param>
internal sealed record IssuedEntry(string Serial, CertificateKind Kind, int Generation, string Holder, DateTimeOffset? RevokedAt = null, X509RevocationReason? Reason = null);

/// <summary>Everything ever issued, kept in one file. Serials come from one counter for all roots, as the real ones seem to.</summary>
internal sealed class IssuedRegister
{
    private const string FileName = "issued.json";
    private const int FirstSerial = 0x07A1_2001;

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private readonly Dictionary<string, IssuedEntry> entries;

    public IssuedRegister(DataFolder folder)
    {
        this.folder = folder;
        var stored = folder.ReadOrNull(FileName);
        entries = (stored is null ? [] : JsonSerializer.Deserialize<List<IssuedEntry>>(stored, ContractJson.Options) ?? [])
            .ToDictionary(e => e.Serial, StringComparer.Ordinal);
    }

    public string Add(CertificateKind kind, int generation, string holder)
    {
        lock (gate)
        {
            var serial = (FirstSerial + entries.Count).ToString("x8", CultureInfo.InvariantCulture);
            entries.Add(serial, new IssuedEntry(serial, kind, generation, holder));
            Save();
            return serial;
        }
    }

    public IssuedEntry? Find(CertificateKind kind, int generation, string serial)
    {
        lock (gate)
        {
            return entries.GetValueOrDefault(serial) is { } entry && entry.Kind == kind && entry.Generation == generation ? entry : null;
        }
    }

    public void Revoke(string serial, X509RevocationReason reason, DateTimeOffset at) => Change(serial, e => e with { RevokedAt = at, Reason = reason });

    public void Restore(string serial) => Change(serial, e => e with { RevokedAt = null, Reason = null });

    private void Change(string serial, Func<IssuedEntry, IssuedEntry> change)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(serial, out var entry)) throw new ArgumentException($"Serial {serial} was never issued.", nameof(serial));
            entries[serial] = change(entry);
            Save();
        }
    }

    private void Save() => folder.Write(FileName, JsonSerializer.Serialize(entries.Values, ContractJson.Options));
}
