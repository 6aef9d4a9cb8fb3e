using System.Text.Json;
using System.Text.RegularExpressions;
using MyPortal.Contracts;

namespace MyPortal.Hub;

/// <summary>Reads what others wrote. Whatever they sent, it ends in a refusal and never in a failure of the portal.</summary>
internal static partial class HubJson
{
    /// <summary>Null when the bytes are not such a record; members that must not be null are not.</summary>
    public static T? ReadOrNull<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ContractJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options);

    /// <summary>Whether a text is an identifier of a participant, row, dataset or item. Identifiers enter access records, so nothing else may pass for one.</summary>
    public static bool IsName(string? text) => text is not null && Name.IsMatch(text);

    /// <summary>Whether no element of a list is null, which the reader of JSON does not check.</summary>
    public static bool IsWhole<T>(IReadOnlyList<T> list)
        where T : class => list.All(element => element is not null);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,59}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
