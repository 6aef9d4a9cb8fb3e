using System.Globalization;

namespace MyPortal.Audit;

/// <summary>
/// One line of an anchor file: how long the chain was at an instant, and the hash of its last record. It says nothing about how
/// records are stored, so it stays good when their layout changes.
/// </summary>
/// <param name="At">When the line was written, UTC.</param>
/// <param name="Count">Place of the last record; 0 for a chain without records.</param>
/// <param name="Hash">Hash of that record.</param>
/// <param name="KeyThumbprint">Which key sealed the chain there, see <see cref="RecorderKey.Thumbprint"/>.</param>
/// <param name="IsRestore">Whether the line marks an accepted restore: lines above it with a higher count speak of records that the restore undid.</param>
internal sealed record Anchor(DateTimeOffset At, long Count, byte[] Hash, byte[] KeyThumbprint, bool IsRestore = false)
{
    private const string Version = "MYP-ANCHOR/1";
    private const string Ordinary = "anchor";
    private const string Restore = "restore";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int HashLength = 32;

    /// <summary>ASCII, without a line break.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Version} {At.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)} {(IsRestore ? Restore : Ordinary)} {Count} {Convert.ToHexStringLower(Hash)} {Convert.ToHexStringLower(KeyThumbprint)}");

    /// <summary>Null for a line that a dying machine left half written, or that somebody spoiled.</summary>
    public static Anchor? TryRead(string line) =>
        line.Split(' ') is [Version, var time, Ordinary or Restore, var count, var hash, var key] parts
        && DateTimeOffset.TryParseExact(time, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && TryReadHash(hash) is { } hashBytes
        && TryReadHash(key) is { } keyBytes
            ? new Anchor(at, number, hashBytes, keyBytes, parts[2] is Restore)
            : null;

    private static byte[]? TryReadHash(string hex)
    {
        var bytes = new byte[HashLength];
        return hex.Length == 2 * HashLength && Convert.FromHexString(hex, bytes, out _, out _) is System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
