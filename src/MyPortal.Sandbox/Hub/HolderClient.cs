using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Hub;

/// <summary>The hub's way to a holder; to itself it is short.</summary>
internal sealed class HolderClient(HubRegister register, SignedCaller caller, HolderRequestHandler own, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What the holder answered; whatever goes wrong on the way is a refusal too.</summary>
    public async Task<SignedReply> ProvideAsync(LinkageRequest request, string holder, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Options);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return holder == HubApi.Id
                ? Reply(await own.ProvideAsync(body, either.Token))
                : await caller.SendAsync(register.Find(holder)!, HttpMethod.Post, "/v1/provide", body, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Refuse(HubRefusal.HolderTimeout, SignedAnswer.AtHub);
        }
        catch (HttpRequestException)
        {
            return Refuse(HubRefusal.HolderDown, SignedAnswer.AtHub);
        }
        catch (UntrustedReplyException untrusted) when (untrusted.Code is HubRefusal.ClockSkew)
        {
            return Refuse(HubRefusal.ClockSkew, SignedAnswer.AtHolder);
        }
        catch (UntrustedReplyException)
        {
            return Refuse(HubRefusal.HolderDown, SignedAnswer.AtHub);
        }
    }

    private static SignedReply Refuse(string code, string stage) => Reply(SignedAnswer.Refuse(code, stage));

    private static SignedReply Reply(SignedAnswer answer) => new(answer.Status, answer.Body, answer.ErrorAt);
}
