using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>What bytes of JSON were read as.</summary>
/// <param name="Value">The record; null when there are faults.</param>
/// <param name="Faults">Each fault with its place.</param>
/// <param name="Unknown">JSON pointers to members that the record does not have, at most 100.</param>
internal sealed record ReadContract<T>(T? Value, IReadOnlyList<ApiFault> Faults, IReadOnlyList<string> Unknown)
    where T : class;

/// <summary>Reads a record of the contracts and names what is missing, wrong or unknown by JSON pointer (RFC 6901), all at once.</summary>
internal static class ContractReader
{
    public static ReadContract<T> Read<T>(byte[] json)
        where T : class
    {
        T? value = null;
        var place = "";
        try
        {
            value = JsonSerializer.Deserialize<T>(json, ContractJson.Options);
        }
        catch (JsonException exception)
        {
            place = PointerOf(exception.Path);
        }

        var (faults, unknown) = Compare(json, ContractJson.Options.GetTypeInfo(typeof(T)));
        if (value is not null)
        {
            return new ReadContract<T>(value, [], unknown);
        }

        return new ReadContract<T>(null, faults.Count > 0 ? faults : [new ApiFault(place, RequestErrors.MalformedJson.Code)], []);
    }

    private static (IReadOnlyList<ApiFault> Faults, IReadOnlyList<string> Unknown) Compare(byte[] json, JsonTypeInfo type)
    {
        var comparison = new ContractComparison();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ContractJson.Options.MaxDepth });
            comparison.Look(document.RootElement, type, "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name that is no text: where, the serializer has said.
        }

        return (comparison.Faults, comparison.Unknown);
    }

    // Only names of our own records and places in lists stand in the serializer's path of what it could not read.
    private static string PointerOf(string? path) =>
        (path ?? "").TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}

/// <summary>Walks JSON beside the record it should be.</summary>
internal sealed class ContractComparison
{
    private const int MostListed = 100;

    // A name may be as long as the body; what is told of it may not.
    private const int LongestPointer = 200;
    private readonly List<ApiFault> faults = [];
    private readonly List<string> unknown = [];

    /// <summary>One more than are ever listed, so that it can be said that there are more.</summary>
    public IReadOnlyList<ApiFault> Faults => faults;

    public IReadOnlyList<string> Unknown => unknown;

    public void Look(JsonElement element, JsonTypeInfo type, string at)
    {
        if (faults.Count > MostListed)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind is JsonValueKind.Object:
                LookAtMembers(element, type, at);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind is JsonValueKind.Array:
                LookAtItems(element, type.Options.GetTypeInfo(type.ElementType!), at);
                break;
            case JsonTypeInfoKind.None:
                LookAtValue(element, type, at);
                break;
            default:
                Add(at, RequestErrors.MalformedJson);
                break;
        }
    }

    private void LookAtMembers(JsonElement element, JsonTypeInfo type, string at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var place = $"{at}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!seen.Add(member.Name))
            {
                Add(place, RequestErrors.MalformedJson);
            }
            else if (type.Properties.FirstOrDefault(known => string.Equals(known.Name, member.Name, StringComparison.Ordinal)) is { } property)
            {
                LookAtMember(member.Value, property, place);
            }
            else if (unknown.Count < MostListed)
            {
                unknown.Add(place.Length > LongestPointer ? at : place);
            }
        }

        foreach (var property in type.Properties.Where(known => known.AssociatedParameter is { HasDefaultValue: false } && !seen.Contains(known.Name)))
        {
            Add($"{at}/{property.Name}", RequestErrors.FieldMissing);
        }
    }

    private void LookAtMember(JsonElement value, JsonPropertyInfo property, string at)
    {
        if (value.ValueKind is not JsonValueKind.Null)
        {
            Look(value, property.Options.GetTypeInfo(property.PropertyType), at);
        }
        else if (!property.IsSetNullable)
        {
            Add(at, RequestErrors.MalformedJson);
        }
    }

    private void LookAtItems(JsonElement list, JsonTypeInfo type, string at)
    {
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            // What is wrong with an empty place in a list is said by whoever knows what belongs there.
            if (item.ValueKind is not JsonValueKind.Null)
            {
                Look(item, type, $"{at}/{index}");
            }
        }
    }

    private void LookAtValue(JsonElement value, JsonTypeInfo type, string at)
    {
        try
        {
            value.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Add(at, value.ValueKind is JsonValueKind.String && (Nullable.GetUnderlyingType(type.Type) ?? type.Type).IsEnum ? RequestErrors.WordUnknown : RequestErrors.MalformedJson);
        }
    }

    private void Add(string at, Error error)
    {
        if (faults.Count <= MostListed)
        {
            faults.Add(new ApiFault(at, error.Code));
        }
    }
}
