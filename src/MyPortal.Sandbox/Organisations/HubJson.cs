using System.Text.Json;
using MyPortal.Contracts;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Reads what others wrote.</summary>
internal static class HubJson
{
    /// <summary>Null when the bytes are not such a record.</summary>
    public static T? ReadOrNull<T>(byte[] json)
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
}
