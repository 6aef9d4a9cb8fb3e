using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyPortal.Contracts.SenderApi;

/// <summary>The registered claims (RFC 7519 section 4.1) that every signed statement of a sender carries.</summary>
public interface ISignedClaims
{
    /// <summary>Client identifier of the sender.</summary>
    string Iss { get; }

    /// <summary>Address at which the statement is handed in.</summary>
    Audience Aud { get; }

    /// <summary>End, at most five minutes ahead.</summary>
    NumericDate Exp { get; }

    /// <summary>When it was made.</summary>
    NumericDate? Iat { get; }

    /// <summary>From when on it counts.</summary>
    NumericDate? Nbf { get; }
}

/// <summary>An instant in seconds since 1970, whole or with a fraction (RFC 7519 section 2).</summary>
/// <param name="Instant">The instant, UTC.</param>
[JsonConverter(typeof(NumericDateConverter))]
public readonly record struct NumericDate(DateTimeOffset Instant)
{
    /// <summary>Whole seconds since 1970.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seconds lie beyond all dates.</exception>
    public static implicit operator NumericDate(long seconds) => FromInt64(seconds);

    /// <summary>Whole seconds since 1970.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seconds lie beyond all dates.</exception>
    public static NumericDate FromInt64(long seconds) => new(DateTimeOffset.FromUnixTimeSeconds(seconds));
}

/// <summary>For whom a statement is: one address, or several of which one is ours (RFC 7519 section 4.1.3).</summary>
/// <param name="Addresses">The addresses.</param>
[JsonConverter(typeof(AudienceConverter))]
public sealed record Audience(IReadOnlyList<string> Addresses)
{
    /// <summary>One address.</summary>
    public static implicit operator Audience(string address) => FromString(address);

    /// <summary>One address.</summary>
    public static Audience FromString(string address) => new([address]);

    /// <summary>Whether the address is among them, character for character.</summary>
    public bool Contains(string address) => Addresses.Contains(address, StringComparer.Ordinal);
}

internal sealed class NumericDateConverter : JsonConverter<NumericDate>
{
    public override NumericDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetDecimal(out var seconds))
        {
            throw new JsonException();
        }

        try
        {
            return new NumericDate(DateTimeOffset.UnixEpoch.AddTicks(decimal.ToInt64(seconds * TimeSpan.TicksPerSecond)));
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            throw new JsonException(null, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, NumericDate value, JsonSerializerOptions options)
    {
        var ticks = (value.Instant - DateTimeOffset.UnixEpoch).Ticks;
        if (ticks % TimeSpan.TicksPerSecond is 0)
        {
            writer.WriteNumberValue(ticks / TimeSpan.TicksPerSecond);
            return;
        }

        writer.WriteNumberValue((decimal)ticks / TimeSpan.TicksPerSecond);
    }
}

internal sealed class AudienceConverter : JsonConverter<Audience>
{
    public override Audience Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return new Audience([reader.GetString()!]);
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var addresses = new List<string>();
        while (reader.Read() && reader.TokenType is JsonTokenType.String)
        {
            addresses.Add(reader.GetString()!);
        }

        return reader.TokenType is JsonTokenType.EndArray && addresses.Count > 0 ? new Audience(addresses) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Audience value, JsonSerializerOptions options)
    {
        if (value.Addresses is [var address])
        {
            writer.WriteStringValue(address);
            return;
        }

        JsonSerializer.Serialize(writer, value.Addresses, options);
    }
}
