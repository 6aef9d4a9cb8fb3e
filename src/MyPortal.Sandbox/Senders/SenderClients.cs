namespace MyPortal.Sandbox.Senders;

/// <summary>One client per sender, each with its own token.</summary>
internal sealed class SenderClients(IReadOnlyList<SandboxSender> senders, Uri portal, HttpClient http, TimeProvider clock)
{
    private readonly Dictionary<string, SenderClient> clients =
        senders.ToDictionary(s => s.Id, s => new SenderClient(s, portal, http, clock), StringComparer.Ordinal);

    public SenderClient Of(SandboxSender sender) => clients[sender.Id];
}
