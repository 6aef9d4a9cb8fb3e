using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>How the portal gets its own code of a person: the person signs the hub's document with the card (docs/hub-protocol.md section 6).</summary>
internal sealed class OwnCode(HubClient client, HubDirectory directory, HubOptions options, PortalSite site)
{
    /// <summary>The exact bytes of the document to be signed, with a nonce that works once.</summary>
    public async Task<Result<byte[]>> PrepareAsync(CancellationToken cancellationToken)
    {
        var nonce = await PostAsync<LinkNonce>("/v1/codes/link-nonce", [], cancellationToken);
        return nonce.IsRefused
            ? nonce.Error
            : JsonSerializer.SerializeToUtf8Bytes(new LinkDocument(LinkDocument.CurrentType, options.Id, options.Self, site.OriginText, "enrol", nonce.Value.Nonce), ContractJson.Options);
    }

    /// <summary>The portal's own code of whoever signed the document.</summary>
    public async Task<Result<string>> FetchAsync(byte[] document, byte[] cms, CancellationToken cancellationToken)
    {
        var answer = await PostAsync<OrganisationCodeAnswer>(
            "/v1/codes/by-certificate",
            JsonSerializer.SerializeToUtf8Bytes(new CodeByCertificate(document, cms), ContractJson.Options),
            cancellationToken);
        return answer.IsRefused ? answer.Error : answer.Value.Code;
    }

    private async Task<Result<T>> PostAsync<T>(string path, byte[] body, CancellationToken cancellationToken)
        where T : class
    {
        var publications = await directory.ReadAsync(cancellationToken);
        if (publications.IsRefused)
        {
            return publications.Error;
        }

        var reply = await client.SendAsync(HttpMethod.Post, path, body, publications.Value.HubCertificate, cancellationToken);
        if (reply is not { Problem: null })
        {
            return reply is null || reply.Problem!.Retryable ? HubErrors.Unavailable : HubErrors.NotLinked;
        }

        return JsonSerializer.Deserialize<T>(reply.Body, ContractJson.Options) is { } answer ? answer : HubErrors.Unavailable;
    }
}
