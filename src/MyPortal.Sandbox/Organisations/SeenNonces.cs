using System.Globalization;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Nonces of the last five minutes, on disk before the message is answered, so that a restart opens no door for a replay.</summary>
internal sealed class SeenNonces
{
    private const string FileName = "nonces.txt";
    private const int CompactAfter = 5000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private readonly Dictionary<string, DateTimeOffset> seen = new(StringComparer.Ordinal);
    private int linesInFile;

    public SeenNonces(DataFolder folder)
    {
        this.folder = folder;
        foreach (var line in (folder.ReadOrNull(FileName) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 2) is [var ticks, var nonce] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at)) seen[nonce] = new DateTimeOffset(at, TimeSpan.Zero);
        }
        linesInFile = CompactAfter;
    }

    /// <summary>False when this sender used it before.</summary>
    public bool Take(string sender, string nonce, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!seen.TryAdd($"{sender} {nonce}", now)) return false;
            if (++linesInFile > CompactAfter) Compact(now);
            else File.AppendAllText(folder.File(FileName), Line($"{sender} {nonce}", now));
            return true;
        }
    }

    private void Compact(DateTimeOffset now)
    {
        foreach (var old in seen.Where(n => now - n.Value > Kept).Select(n => n.Key).ToList()) seen.Remove(old);
        folder.Write(FileName, string.Concat(seen.Select(n => Line(n.Key, n.Value))));
        linesInFile = seen.Count;
    }

    private static string Line(string nonce, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks} {nonce}\n");
}
