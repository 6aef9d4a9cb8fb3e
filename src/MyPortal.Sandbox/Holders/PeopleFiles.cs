using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.ResidentNetwork;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Holders;

/// <summary>A person as one holder knows them.</summary>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="Datasets">By dataset.</param>
internal sealed record HeldPerson(DateOnly BirthDate, int Sex, IReadOnlyDictionary<string, HeldDataset> Datasets);

/// <summary>What there is of one dataset.</summary>
/// <param name="Records">The values.</param>
/// <param name="Withheld">Items that must not be shown here, and why.</param>
internal sealed record HeldDataset(IReadOnlyList<DatasetRecord> Records, IReadOnlyDictionary<string, string>? Withheld = null);

/// <summary>A holder's file of people by its own codes, filled at the first start by the initial matching.</summary>
internal sealed class PeopleFiles : IHolderFiles
{
    private const string FileName = "people.json";

    private readonly DataFolder folder;
    private readonly string organisation;
    private readonly FaultInjection trouble;
    private readonly Dictionary<string, HeldPerson> people;

    public PeopleFiles(DataFolder folder, string organisation, FaultInjection trouble)
    {
        (this.folder, this.organisation, this.trouble) = (folder, organisation, trouble);
        people = folder.ReadOrNull(FileName) is { } stored ? JsonSerializer.Deserialize<Dictionary<string, HeldPerson>>(stored, ContractJson.Options)! : [];
    }

    /// <summary>Takes in codes of its own people that it does not have yet.</summary>
    public void Receive(IEnumerable<(string Code, HeldPerson Person)> matched)
    {
        var count = people.Count;
        foreach (var (code, person) in matched) people.TryAdd(code, person);
        if (people.Count > count) folder.Write(FileName, JsonSerializer.Serialize(people, ContractJson.Options));
    }

    public Task<SubjectEvidence?> SubjectAsync(string code, Guid requestId, byte[] coreHash, CancellationToken cancellationToken)
    {
        if (Open(code) is not { } person) return Task.FromResult<SubjectEvidence?>(null);
        var subject = SubjectCheck.Subject(person.BirthDate, person.Sex);
        return Task.FromResult<SubjectEvidence?>(new SubjectEvidence(SubjectCheck.Tag(subject, requestId, organisation), SubjectCheck.Proof(subject, coreHash)));
    }

    public HolderContent Read(string code, MatrixRow row, IReadOnlyList<string> items)
    {
        if (Open(code)?.Datasets.GetValueOrDefault(row.DatasetId) is not { } dataset) return new HolderContent(HolderOutcome.Empty, []);
        if (dataset.Withheld?.FirstOrDefault(w => items.Contains(w.Key, StringComparer.Ordinal)).Value is { } reason) return new HolderContent(HolderOutcome.Denied, [], reason);
        var records = dataset.Records.Where(r => items.Contains(r.ItemId, StringComparer.Ordinal)).ToList();
        return new HolderContent(records.Count == 0 ? HolderOutcome.Empty : HolderOutcome.Ready, records);
    }

    private HeldPerson? Open(string code) =>
        people.GetValueOrDefault(code) is { } person && trouble.Kind is InjectedFault.WrongPerson
            ? people.Values.First(other => !IsSameSubject(person, other))
            : people.GetValueOrDefault(code);

    private static bool IsSameSubject(HeldPerson one, HeldPerson other) => one.BirthDate == other.BirthDate && one.Sex == other.Sex;
}
