using MyPortal.Contracts.SandboxWorld;
using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.Cast;
using MyPortal.Sandbox.Senders;

namespace MyPortal.Sandbox.WorldMaking;

/// <summary>Says how far the world is, and describes it once it is ready.</summary>
internal sealed class WorldBoard(SandboxOptions options, IReadOnlyList<CastMember> cast, IReadOnlyList<SandboxSender> senders, SenderClients clients, WorldMemory memory)
{
    private readonly Lock gate = new();
    private readonly List<string> steps = [];
    private WorldState state = WorldState.Waiting;
    private string? trouble;

    public WorldProgress Progress
    {
        get
        {
            lock (gate)
            {
                return new WorldProgress(state, [.. steps], state is WorldState.Ready ? Describe() : null, trouble);
            }
        }
    }

    public bool IsEnrolled(string card) => memory.HasEnrolled(card) || memory.Connections.Any(c => c.Card == card);

    public void Enter(WorldState next, string step)
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
            (state, trouble) = (WorldState.Failed, why);
        }
    }

    private World Describe() => new(
        OriginOf(options.Portal),
        OriginOf(options.Agent),
        OriginOf(options.Control),
        [.. cast.Select(m => new WorldCard(m.Person.Id, m.Person.Name, m.Person.Situation, m.Person.Pin, m.Person.SignaturePassword, IsEnrolled(m.Person.Id)))],
        [.. senders.Select(Describe)],
        [.. cast.Where(m => memory.Appointed.Contains(m.Person.Id, StringComparer.Ordinal)).Select(m => new WorldOperator(m.Person.Id, m.Person.OperatorRoles))],
        [.. senders.Select(sender => BusinessSite.Describe(sender, options.BusinessPortOf(sender.Id)))]);

    private WorldSender Describe(SandboxSender sender) => new(
        sender.Id,
        sender.Name,
        sender.Kind,
        ClientId: sender.Id,
        sender.Key.ExportPkcs8PrivateKeyPem(),
        clients.Of(sender).TokenAddress.AbsoluteUri,
        [.. memory.Connections.Where(c => c.Sender == sender.Id).Select(c => new WorldRecipientCode(c.Card, c.Code))]);

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
