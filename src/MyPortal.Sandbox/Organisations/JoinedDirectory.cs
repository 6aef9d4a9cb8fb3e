using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>The hub's publications as another participant reads them: kept for ten minutes, believed only with the CA's certificates.</summary>
internal sealed class JoinedDirectory(SignedCaller caller, OrganisationTrust trust, Uri hub, TimeProvider clock) : IHubDirectory, IDisposable
{
    private const string HubId = "hub";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private IReadOnlyDictionary<string, Peer> peers = new Dictionary<string, Peer>(StringComparer.Ordinal);
    private AuthorisationMatrix? matrix;
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    public async Task<Peer?> FindAsync(string participant, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return peers.GetValueOrDefault(participant);
    }

    public async Task<AuthorisationMatrix> MatrixAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return matrix!;
    }

    public void Dispose() => gate.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            // A clock that was set back must not keep a copy for ever.
            if ((clock.GetUtcNow() - readAt).Duration() < Kept) return;
            var list = await ReadAsync("/v1/participants", body => HubIn(PeersIn(ContentOf(body))), cancellationToken);
            var known = PeersIn(list.Content);
            var theHub = HubIn(known) ?? throw new UntrustedReplyException("The list of participants names no hub.");
            var published = await ReadAsync("/v1/matrix", _ => theHub, cancellationToken);
            if (!theHub.HasSigned(Publication.SignedBytes(list.Content), list.Signature) || !theHub.HasSigned(Publication.SignedBytes(published.Content), published.Signature))
            {
                throw new UntrustedReplyException("A publication is not signed by the hub.");
            }
            var rows = JsonSerializer.Deserialize<AuthorisationMatrix>(published.Content, ContractJson.Options)!;
            if ((clock.GetUtcNow() - rows.IssuedAt).Duration() > Kept) throw new UntrustedReplyException("The matrix is older than ten minutes.");
            (peers, matrix, readAt) = (known, rows, clock.GetUtcNow());
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<SignedPublication> ReadAsync(string path, Func<byte[], Peer?> peerOf, CancellationToken cancellationToken)
    {
        var reply = await caller.SendAsync(HubId, hub, HttpMethod.Get, path, [], peerOf, cancellationToken);
        return reply.IsSuccess
            ? JsonSerializer.Deserialize<SignedPublication>(reply.Body, ContractJson.Options)!
            : throw new UntrustedReplyException($"The hub refused {path} with {reply.Status}.");
    }

    private static Peer? HubIn(IReadOnlyDictionary<string, Peer> peers) => peers.GetValueOrDefault(HubId);

    private static byte[] ContentOf(byte[] body) => HubJson.ReadOrNull<SignedPublication>(body)?.Content ?? [];

    private Dictionary<string, Peer> PeersIn(byte[] content) =>
        (HubJson.ReadOrNull<ParticipantList>(content)?.Participants ?? []).Select(p => Peer.Of(p, trust)).OfType<Peer>().ToDictionary(p => p.Id, StringComparer.Ordinal);
}
