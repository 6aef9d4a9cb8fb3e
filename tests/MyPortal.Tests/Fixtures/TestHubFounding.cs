using MyPortal.Sandbox;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Fixtures;

/// <summary>
/// The organisation CA, the participants' keys and the residents' numbers, made once per run. A hub under test works on a copy, so
/// that no test sees what another did.
/// </summary>
internal sealed class TestHubFounding
{
    private const int MostCardHolders = 600;

    private readonly SandboxOptions options;
    private readonly IssuingAuthority authority;
    private readonly string folder;

    private TestHubFounding(SandboxOptions options, IssuingAuthority authority, string folder)
    {
        (this.options, this.authority, this.folder) = (options, authority, folder);
        var fixture = WorldIn(new DataFolder(folder), options.PortBase, TimeProvider.System);
        Membership = fixture.Membership;

        // Fills the stores; nobody listens yet.
        fixture.Roles();
    }

    /// <summary>What the portal joins with.</summary>
    public PortalMembership Membership { get; }

    public static TestHubFounding Found(SandboxOptions options, IssuingAuthority authority) => new(options, authority, Path.Combine(options.Data, "organisations"));

    /// <summary>The same participants once more, with stores of their own below <paramref name="data"/>.</summary>
    public LinkageServices Copy(string data, int portBase, TimeProvider clock)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(data, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        return WorldIn(new DataFolder(data), portBase, clock);
    }

    private LinkageServices WorldIn(DataFolder data, int portBase, TimeProvider clock) =>
        new(options with { PortBase = portBase }, authority, data, clock) { Residents = [.. People.All, .. Enumerable.Range(1, MostCardHolders).Select(HolderOfTestCard)] };

    private static Person HolderOfTestCard(int number)
    {
        var attributes = TestCard.Attributes;
        return new Person(TestCard.HolderName(number), attributes.Name, attributes.BirthDate, attributes.Sex, "", "", null, "");
    }
}
