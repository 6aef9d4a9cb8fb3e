using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;

namespace MyPortal.Sandbox.Seeding;

/// <summary>Says how far seeding is, and describes it once it is ready.</summary>
internal sealed class SeedProgress(SandboxOptions options, IReadOnlyList<TestPerson> cast, IReadOnlyList<SandboxSender> senders, SenderClients clients, SeedState memory)
{
    private readonly Lock gate = new();
    private readonly List<string> steps = [];
    private ScenarioState state = ScenarioState.Waiting;
    private string? trouble;

    public ScenarioProgress Progress
    {
        get
        {
            lock (gate)
            {
                return new ScenarioProgress(state, [.. steps], state is ScenarioState.Ready ? Describe() : null, trouble);
            }
        }
    }

    public bool IsEnrolled(string card) => memory.HasEnrolled(card) || memory.Connections.Any(c => c.Card == card);

    public void Enter(ScenarioState next, string step)
    {
        lock (gate)
        {
            state = next;
            steps.Add(step);
        }
    }

    public void Step(string step)
    {
        lock (gate)
        {
            steps.Add(step);
        }
    }

    public void Fail(string why)
    {
        lock (gate)
        {
            (state, trouble) = (ScenarioState.Failed, why);
        }
    }

    private Scenario Describe() => new(
        OriginOf(options.Portal),
        OriginOf(options.Agent),
        OriginOf(options.Control),
        [.. cast.Select(m => new ScenarioCard(m.Person.Id, m.Person.Name, m.Person.Situation, m.Person.Pin, m.Person.SignaturePassword, IsEnrolled(m.Person.Id)))],
        [.. senders.Select(Describe)],
        [.. cast.Where(m => memory.Appointed.Contains(m.Person.Id, StringComparer.Ordinal)).Select(m => new ScenarioOperator(m.Person.Id, m.Person.OperatorRoles))],
        [.. senders.Select(sender => BusinessSite.Describe(sender, options.BusinessPortOf(sender.Id)))]);

    private ScenarioSender Describe(SandboxSender sender) => new(
        sender.Id,
        sender.Name,
        sender.Kind,
        ClientId: sender.Id,
        sender.Key.ExportPkcs8PrivateKeyPem(),
        clients.Of(sender).TokenAddress.AbsoluteUri,
        [.. memory.Connections.Where(c => c.Sender == sender.Id).Select(c => new ScenarioRecipientCode(c.Card, c.Code))]);

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
