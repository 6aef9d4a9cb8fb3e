using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyPortal.Contracts;

/// <summary>How records that cross a process border are written and read as JSON.</summary>
public static class ContractJson
{
    /// <summary>
    /// Strict reading (duplicate keys and wrong types are refused), camelCase names, enums as one exact camelCase word;
    /// unknown fields are skipped, so that a contract can grow without breaking older readers.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 16,
        };
        options.Converters.Add(new EnumWordConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
