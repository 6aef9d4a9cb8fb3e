using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.ResidentNetwork;

/// <summary>
/// Who stands behind an idCode. The numbers lie in one file, birth date and sex in another, so that neither alone says anything
/// about a person.
/// </summary>
internal sealed class ResidentBook
{
    private const string NumbersFile = "idcodes.json";
    private const string AttributesFile = "attributes.json";

    private readonly Dictionary<string, ulong> numbers;
    private readonly Dictionary<string, ResidentAttributes> attributes;

    public ResidentBook(DataFolder folder, IReadOnlyList<Person> residents)
    {
        var stored = Read<Dictionary<string, string>>(folder, NumbersFile) ?? [];
        numbers = stored.ToDictionary(n => n.Key, n => ulong.Parse(n.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        foreach (var resident in residents) numbers.TryAdd(resident.Id, BinaryPrimitives.ReadUInt64BigEndian(RandomSource.Bytes(8)));
        attributes = residents.ToDictionary(
            r => r.Id,
            r => new ResidentAttributes(r.Attributes.Name, r.Attributes.Address, r.BirthDate, r.Sex),
            StringComparer.Ordinal);
        folder.Write(NumbersFile, JsonSerializer.Serialize(numbers.ToDictionary(n => n.Key, n => n.Value.ToString("x16", CultureInfo.InvariantCulture), StringComparer.Ordinal), ContractJson.Options));
        folder.Write(AttributesFile, JsonSerializer.Serialize(attributes, ContractJson.Options));
    }

    /// <summary>Null for somebody who lives nowhere here.</summary>
    public ulong? IdCodeOf(string resident) => numbers.TryGetValue(resident, out var number) ? number : null;

    /// <summary>The subject of the subject check; null for an idCode nobody has.</summary>
    public byte[]? SubjectOf(ulong idCode) =>
        numbers.SingleOrDefault(n => n.Value == idCode).Key is { } resident && attributes.TryGetValue(resident, out var known)
            ? SubjectCheck.Subject(known.BirthDate, known.Sex)
            : null;

    private static T? Read<T>(DataFolder folder, string name) => folder.ReadOrNull(name) is { } stored ? JsonSerializer.Deserialize<T>(stored, ContractJson.Options) : default;

    private sealed record ResidentAttributes(string Name, string Address, DateOnly BirthDate, int Sex);
}
