using MyPortal.Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>The hub's signed publications: who takes part and what may be asked. Copies older than ten minutes are fetched anew, never used.</summary>
internal sealed class HubDirectory(HubClient client, HubOptions options, OrganisationKeys keys, TimeProvider clock)
{
    private readonly Lock gate = new();
    private HubPublications? copy;
    private Task<Result<HubPublications>>? fetching;

    /// <summary>The current publications; those who come while they are being fetched wait for the same fetch.</summary>
    public async Task<Result<HubPublications>> ReadAsync(CancellationToken cancellationToken)
    {
        Task<Result<HubPublications>> running;
        lock (gate)
        {
            if (copy is { } known && known.IsFreshAt(clock.GetUtcNow()))
            {
                return known;
            }

            running = fetching is { IsCompleted: false } ? fetching : fetching = Task.Run(FetchAsync, CancellationToken.None);
        }

        return await running.WaitAsync(cancellationToken);
    }

    /// <summary>Fetches anew unless that has happened since <paramref name="stale"/>: the hub said that a row of it is no longer current.</summary>
    public Task<Result<HubPublications>> ReadNewerAsync(HubPublications stale, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (ReferenceEquals(copy, stale))
            {
                copy = null;
            }
        }

        return ReadAsync(cancellationToken);
    }

    // Nobody's patience but its own: whoever began the fetch may leave, and others still wait for it.
    private async Task<Result<HubPublications>> FetchAsync()
    {
        using var limit = new CancellationTokenSource(options.Deadline);
        try
        {
            var fetched = await FetchAsync(limit.Token);
            if (!fetched.IsRefused)
            {
                lock (gate)
                {
                    copy = fetched.Value;
                }
            }

            return fetched;
        }
        catch (OperationCanceledException)
        {
            return HubErrors.Unavailable;
        }
    }

    private async Task<Result<HubPublications>> FetchAsync(CancellationToken cancellationToken)
    {
        var participants = await ReadAsync<ParticipantList>("/v1/participants", hubCertificate: null, cancellationToken);
        if (participants.IsRefused)
        {
            return participants.Error;
        }

        var hubCertificate = HubCertificateIn(participants.Value)!;
        var matrix = await ReadAsync<AuthorisationMatrix>("/v1/matrix", hubCertificate, cancellationToken);
        if (matrix.IsRefused)
        {
            return matrix.Error;
        }

        var publications = new HubPublications(participants.Value, matrix.Value, hubCertificate, clock.Now());
        return publications.IsWellFormed() && publications.IsFreshAt(publications.ReadAt) ? publications : HubErrors.Unavailable;
    }

    private async Task<Result<T>> ReadAsync<T>(string path, byte[]? hubCertificate, CancellationToken cancellationToken)
        where T : class
    {
        var reply = await client.SendOrRepeatAsync(HttpMethod.Get, path, [], hubCertificate, cancellationToken);
        if (reply is not { Problem: null })
        {
            return HubErrors.Of(reply?.Problem);
        }

        if (HubJson.ReadOrNull<SignedPublication>(reply.Body) is not { } publication || HubJson.ReadOrNull<T>(publication.Content) is not { } content)
        {
            return HubErrors.Unavailable;
        }

        var certificate = hubCertificate ?? HubCertificateIn(content as ParticipantList);
        return certificate is not null && keys.IsSignedBy(options.Id, certificate, SignatureInput.OfPublication(publication.Content), publication.Signature)
            ? content
            : HubErrors.Unavailable;
    }

    private byte[]? HubCertificateIn(ParticipantList? list) => list?.Participants.FirstOrDefault(participant => participant?.Id == options.Id)?.SigningCertificate;
}
