using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Hub;
using MyPortal.Sandbox.ResidentNetwork;

namespace MyPortal.Sandbox.Holders;

/// <summary>
/// What numbering body, hub and a holder do together once, before the holder takes part: the holder gets its own code for each of
/// its people. In the sandbox it happens inside the process; afterwards holders know people by their codes only.
/// </summary>
internal static class InitialMatching
{
    public static void Hand(string organisation, PeopleFiles files, ResidentBook residents, CodeConverter codes, Func<Person, IReadOnlyDictionary<string, HeldDataset>> known) =>
        files.Receive(
            from person in People.All
            let idCode = residents.IdCodeOf(person.Id)
            where idCode is not null
            select (codes.Link(organisation, idCode.Value), new HeldPerson(person.BirthDate, person.Sex, known(person))));
}
