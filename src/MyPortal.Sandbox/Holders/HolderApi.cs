using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Holders;

/// <summary>The call of a holder, and its receipt to the hub.</summary>
internal sealed class HolderApi(HolderRequestHandler holder, IHubDirectory directory, SignedCaller caller)
{
    private const string HubId = "hub";

    public void Map(WebApplication app, SignedEndpoint desk) => desk.Map(app, HttpMethods.Post, "/v1/provide", call => ProvideAsync(call, app.Logger));

    private async Task<SignedAnswer> ProvideAsync(SignedCall call, ILogger log)
    {
        // A requester that holds a good certificate still may not come here itself.
        if (call.Sender.Id != HubId) return SignedAnswer.Refuse(HubRefusal.ClassNotEligible, SignedAnswer.AtHolder);
        var answer = await holder.ProvideAsync(call.Body, call.Aborted);
        if (ReceiptOf(call.Body, answer) is { } receipt) call.AfterReply(() => SendAsync(receipt, log));
        return answer;
    }

    private static LinkageReceipt? ReceiptOf(byte[] body, SignedAnswer answer)
    {
        if (HubJson.ReadOrNull<LinkageReply>(answer.Body) is { } reply) return new LinkageReceipt(reply.RequestId, SHA256.HashData(reply.Sealed), reply.Sealed.Length, "sent");
        return LinkageForm.Read(body) is { } form ? new LinkageReceipt(form.Core.RequestId, new byte[32], 0, "refused") : null;
    }

    private async Task SendAsync(LinkageReceipt receipt, ILogger log)
    {
        try
        {
            var hub = await directory.FindAsync(HubId, CancellationToken.None);
            await caller.SendAsync(hub!, HttpMethod.Post, $"/v1/linkages/{receipt.RequestId}/receipt", JsonSerializer.SerializeToUtf8Bytes(receipt, ContractJson.Options), CancellationToken.None);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or UntrustedReplyException or OperationCanceledException)
        {
            // The hub's record then lacks one end, and comparing the ends shows it; the answer is out all the same.
            log.LogWarning("No receipt for request {RequestId}: {Trouble}", receipt.RequestId, trouble.GetType().Name);
        }
    }
}
