using System.Text.Json;

namespace MyPortal.Sandbox.Tests.Organisations;

/// <summary>The vectors of the hub protocol, which the portal reads too. They were made by neither of the two.</summary>
internal static class HubVectors
{
    public static JsonElement File(string name) => JsonSerializer.Deserialize<JsonElement>(System.IO.File.ReadAllBytes(PathOf(name)));

    public static IReadOnlyList<JsonElement> In(string name) => [.. File(name).GetProperty("vectors").EnumerateArray()];

    public static byte[] Bytes(this JsonElement vector, string field) => Convert.FromHexString(vector.Text(field));

    public static string Text(this JsonElement vector, string field) => vector.GetProperty(field).GetString()!;

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string PathOf(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "MyPortal.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "Vectors", name);
    }
}
