using System.Text;
using System.Text.Json;

namespace MyPortal.Tests.Security;

/// <summary>Looks for words in bytes, in every writing they could have been stored in.</summary>
internal static class CanaryScan
{
    /// <summary>The writings of a word that stand in the bytes; empty when it is not there.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> bytes, string word)
    {
        var found = new List<string>();
        foreach (var (writing, pattern) in WritingsOf(word))
        {
            if (bytes.IndexOf(pattern) >= 0)
            {
                found.Add(writing);
            }
        }

        return found;
    }

    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> bytes, byte[] value)
    {
        var found = new List<string>();
        foreach (var (writing, pattern) in WritingsOf(value))
        {
            if (bytes.IndexOf(pattern) >= 0)
            {
                found.Add(writing);
            }
        }

        return found;
    }

    private static IEnumerable<(string Writing, byte[] Pattern)> WritingsOf(string word)
    {
        var escaped = JsonSerializer.Serialize(word).Trim('"');
        return WritingsOf(Encoding.UTF8.GetBytes(word))
            .Append(("UTF-16", Encoding.Unicode.GetBytes(word)))
            .Append(("JSON", Encoding.UTF8.GetBytes(escaped)))
            .Append(("JSON, lower case", Encoding.UTF8.GetBytes(escaped.Replace("\\U", "\\u", StringComparison.Ordinal).ToLowerInvariant())))
            .Append(("address", Encoding.UTF8.GetBytes(Uri.EscapeDataString(word))))
            .Append(("HTML", Encoding.UTF8.GetBytes(string.Concat(word.Select(c => char.IsAscii(c) ? c.ToString() : $"&#x{(int)c:X};")))));
    }

    private static IEnumerable<(string Writing, byte[] Pattern)> WritingsOf(byte[] value)
    {
        yield return ("as it is", value);
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value)));
        yield return ("HEX", Encoding.ASCII.GetBytes(Convert.ToHexString(value)));
        for (var before = 0; before < 3; before++)
        {
            // The characters at both ends also hold bits of what stands beside.
            var text = Convert.ToBase64String([.. new byte[before], .. value]);
            var first = (before * 8 + 5) / 6;
            var inside = text[first..((before + value.Length) * 8 / 6)];
            if (inside.Length >= 8)
            {
                yield return ($"base64 after {before}", Encoding.ASCII.GetBytes(inside));
                yield return ($"base64url after {before}", Encoding.ASCII.GetBytes(inside.Replace('+', '-').Replace('/', '_')));
            }
        }
    }
}
