using System.Text.Json;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>The hub's signed publications: who takes part and what may be asked. Copies older than ten minutes are fetched anew, never used.</summary>
internal sealed class HubDirectory(HubClient client, HubOptions options, OrganisationKeys keys, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan CopyLife = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim fetching = new(1);
    private HubPublications? copy;

    public async Task<Result<HubPublications>> ReadAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await fetching.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await FetchAsync(cancellationToken);
        }
        finally
        {
            fetching.Release();
        }
    }

    public void Dispose() => fetching.Dispose();

    private HubPublications? Fresh() => copy is { } known && clock.GetUtcNow() - known.ReadAt < CopyLife ? known : null;

    private async Task<Result<HubPublications>> FetchAsync(CancellationToken cancellationToken)
    {
        var participants = await ReadAsync<ParticipantList>("/v1/participants", hubCertificate: null, cancellationToken);
        var hubCertificate = participants?.Participants.FirstOrDefault(participant => participant.Id == options.Id)?.SigningCertificate;
        if (participants is null || hubCertificate is null)
        {
            return HubErrors.Unavailable;
        }

        var matrix = await ReadAsync<AuthorisationMatrix>("/v1/matrix", hubCertificate, cancellationToken);
        if (matrix is null)
        {
            return HubErrors.Unavailable;
        }

        copy = new HubPublications(participants, matrix, hubCertificate, clock.Now());
        return copy;
    }

    private async Task<T?> ReadAsync<T>(string path, byte[]? hubCertificate, CancellationToken cancellationToken)
        where T : class
    {
        var reply = await client.SendAsync(HttpMethod.Get, path, [], hubCertificate, cancellationToken);
        if (reply is not { Problem: null } || JsonSerializer.Deserialize<SignedPublication>(reply.Body, ContractJson.Options) is not { } publication)
        {
            return null;
        }

        var content = JsonSerializer.Deserialize<T>(publication.Content, ContractJson.Options);
        var certificate = hubCertificate ?? (content as ParticipantList)?.Participants.FirstOrDefault(participant => participant.Id == options.Id)?.SigningCertificate;
        return certificate is not null && keys.IsSignedBy(options.Id, certificate, HubBytes.OfPublication(publication.Content), publication.Signature) ? content : null;
    }
}

/// <summary>A verified copy of the publications.</summary>
internal sealed record HubPublications(ParticipantList Participants, AuthorisationMatrix Matrix, byte[] HubCertificate, DateTimeOffset ReadAt)
{
    public Participant? Find(string id) => Participants.Participants.FirstOrDefault(participant => participant.Id == id);
}
