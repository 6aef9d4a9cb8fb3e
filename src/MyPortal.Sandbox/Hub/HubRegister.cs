using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Hub;

/// <summary>What the hub itself decides: who takes part and who may ask whom for what.</summary>
internal sealed class HubRegister : IHubDirectory
{
    private readonly ParticipantList participants;
    private readonly IReadOnlyDictionary<string, Peer> peers;
    private readonly OrganisationKeys hub;
    private readonly TimeProvider clock;

    public HubRegister(IReadOnlyList<Participant> all, OrganisationKeys hub, OrganisationTrust trust, TimeProvider clock)
    {
        (this.hub, this.clock) = (hub, clock);
        participants = new ParticipantList(1, all);
        peers = all.Select(p => Peer.Of(p, trust)).OfType<Peer>().ToDictionary(p => p.Id, StringComparer.Ordinal);
    }

    public Peer? Find(string participant) => peers.GetValueOrDefault(participant);

    public Task<Peer?> FindAsync(string participant, CancellationToken cancellationToken) => Task.FromResult(Find(participant));

    public AuthorisationMatrix Matrix() => new(MatrixRows.Version, clock.NowInMilliseconds(), MatrixRows.All);

    public Task<AuthorisationMatrix> MatrixAsync(CancellationToken cancellationToken) => Task.FromResult(Matrix());

    public SignedPublication PublishParticipants() => Publication.Sign(participants, hub);

    public SignedPublication PublishMatrix() => Publication.Sign(Matrix(), hub);
}
