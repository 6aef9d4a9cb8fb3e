using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>
/// How the portal gets its own code of a person: the person signs the hub's document with the card (docs/hub-protocol.md section 6).
/// Not called on behalf of a citizen: there is no account yet.
/// </summary>
internal sealed class PairwiseIdentifier(HubClient client, HubDirectory directory, HubOptions options, PortalSite site)
{
    private const string Purpose = "enrol";
    private const int CodeBytes = 16;
    private const int NonceLength = 43;

    /// <summary>The exact bytes of the document to be signed, with a nonce that works once.</summary>
    public async Task<Result<byte[]>> PrepareAsync(CancellationToken cancellationToken)
    {
        var nonce = await PostAsync<LinkNonce>("/v1/codes/link-nonce", [], cancellationToken);
        if (nonce.IsRefused)
        {
            return nonce.Error.Kind is ErrorKind.Unavailable ? nonce.Error : HubErrors.Unavailable;
        }

        // What the hub writes here is signed by a card: it must be a nonce and nothing else.
        return nonce.Value.Nonce.Length is NonceLength && nonce.Value.Nonce.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? HubJson.Write(new LinkDocument(LinkDocument.CurrentType, options.Id, options.Self, site.OriginText, Purpose, nonce.Value.Nonce))
            : HubErrors.Unavailable;
    }

    /// <summary>The portal's own code of whoever signed the document; <see cref="HubErrors.NotLinked"/> where the hub will not give it.</summary>
    public async Task<Result<string>> FetchAsync(byte[] document, byte[] cms, CancellationToken cancellationToken)
    {
        var answer = await PostAsync<OrganisationCodeAnswer>("/v1/codes/by-certificate", HubJson.Write(new CodeByCertificate(document, cms)), cancellationToken);
        if (answer.IsRefused)
        {
            // What the hub finds wrong with document or signature does not pass with time.
            var passes = answer.Error.Kind is ErrorKind.Unavailable && answer.Error.Code is not ("hub.sig-invalid" or "hub.schema" or "hub.replay");
            return passes ? answer.Error : HubErrors.NotLinked;
        }

        return Crockford.TryRead(answer.Value.Code, CodeBytes, out var bytes) && Crockford.Write(bytes) == answer.Value.Code ? answer.Value.Code : HubErrors.Unavailable;
    }

    private async Task<Result<T>> PostAsync<T>(string path, byte[] body, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Deadline);
        try
        {
            var publications = await directory.ReadAsync(limit.Token);
            if (publications.IsRefused)
            {
                return publications.Error;
            }

            // Never twice: a nonce is gone with its first use, and a fresh one costs nothing.
            var reply = await client.SendAsync(HttpMethod.Post, path, body, publications.Value.HubCertificate, limit.Token);
            if (reply is not { Problem: null })
            {
                return HubErrors.Of(reply?.Problem);
            }

            return HubJson.ReadOrNull<T>(reply.Body) is { } answer ? answer : HubErrors.Unavailable;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HubErrors.Unavailable;
        }
    }
}
