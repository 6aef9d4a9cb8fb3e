using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyPortal.Contracts;

/// <summary>
/// Reads and writes enums as one exact camelCase word. The framework's own converter also takes other capitals and several words with a
/// comma between, whose values it adds up: "info,bill" would be taken for a bill.
/// </summary>
internal sealed class EnumWordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumWordConverter<>).MakeGenericType(typeToConvert))!;
}

/// <summary>The words of one enum.</summary>
internal sealed class EnumWordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values =
        Enum.GetNames<T>().ToFrozenDictionary(JsonNamingPolicy.CamelCase.ConvertName, Enum.Parse<T>, StringComparer.Ordinal);

    private static readonly FrozenDictionary<T, string> Words = Values.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.TryGetValue(value, out var word) ? word : throw new JsonException($"{typeof(T).Name} has no word for {value}."));
}
