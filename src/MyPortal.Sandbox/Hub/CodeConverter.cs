using System.Globalization;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Hub;

/// <summary>
/// Turns idCodes into codes of organisations and back. It keeps a master key and, for each person at each organisation, which
/// generation of the code is current; no name, number or attribute.
/// </summary>
internal sealed class CodeConverter
{
    private const string MasterFile = "master.key";
    private const string GenerationsFile = "generations.json";
    private const uint Epoch = 1;

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private readonly byte[] master;
    private readonly Dictionary<string, Dictionary<string, byte>> generations;

    public CodeConverter(DataFolder folder)
    {
        this.folder = folder;
        if (folder.ReadOrNull(MasterFile) is not { } stored)
        {
            stored = Convert.ToHexStringLower(RandomSource.Bytes(32));
            folder.Write(MasterFile, stored);
        }
        master = Convert.FromHexString(stored);
        generations = folder.ReadOrNull(GenerationsFile) is { } table ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, byte>>>(table, ContractJson.Options)! : [];
    }

    /// <summary>The person's code at an organisation; from now on that organisation can be asked about the person.</summary>
    public string Link(string organisation, ulong idCode)
    {
        lock (gate)
        {
            if (!generations.TryGetValue(organisation, out var people)) generations[organisation] = people = [];
            if (people.TryAdd(NameOf(idCode), 1)) folder.Write(GenerationsFile, JsonSerializer.Serialize(generations, ContractJson.Options));
        }
        return CodeOf(organisation, idCode)!;
    }

    /// <summary>Null when the organisation never got a code of this person.</summary>
    public string? CodeOf(string organisation, ulong idCode) =>
        GenerationOf(organisation, idCode) is { } generation ? new OrganisationCode(generation, idCode).Write(KeyOf(organisation)) : null;

    /// <summary>Null unless the organisation holds exactly this code today.</summary>
    public ulong? PersonOf(string organisation, string code) =>
        OrganisationCode.Read(KeyOf(organisation), code) is { } read && GenerationOf(organisation, read.IdCode) == read.Generation ? read.IdCode : null;

    private byte? GenerationOf(string organisation, ulong idCode)
    {
        lock (gate)
        {
            return generations.GetValueOrDefault(organisation)?.TryGetValue(NameOf(idCode), out var generation) == true ? generation : null;
        }
    }

    private byte[] KeyOf(string organisation) => OrganisationCode.KeyOf(master, organisation, Epoch);

    private static string NameOf(ulong idCode) => idCode.ToString("x16", CultureInfo.InvariantCulture);
}
