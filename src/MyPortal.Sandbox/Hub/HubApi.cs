using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Hub;

/// <summary>The calls of the hub 情報連携基盤 (docs/hub-protocol.md section 2).</summary>
internal sealed class HubApi(HubRegister register, Linking linking, Gateway gateway, HubRecorder recorder)
{
    public const string Id = "hub";

    public void Map(IEndpointRouteBuilder routes, SignedEndpoint desk)
    {
        desk.Map(routes, HttpMethods.Get, "/v1/participants", _ => Task.FromResult(SignedAnswer.Of(register.PublishParticipants())));
        desk.Map(routes, HttpMethods.Get, "/v1/matrix", _ => Task.FromResult(SignedAnswer.Of(register.PublishMatrix())));
        desk.Map(routes, HttpMethods.Post, "/v1/codes/link-nonce", call => Task.FromResult(linking.IssueNonce(call)));
        desk.Map(routes, HttpMethods.Post, "/v1/codes/by-certificate", linking.LinkAsync);
        desk.Map(routes, HttpMethods.Post, "/v1/linkages", gateway.AskAsync);
        desk.Map(routes, HttpMethods.Post, "/v1/linkages/{id:guid}/receipt", call => Task.FromResult(Accept(call)));
    }

    private SignedAnswer Accept(SignedCall call)
    {
        if (HubJson.ReadOrNull<LinkageReceipt>(call.Body) is not { CiphertextHash.Length: 32, Size: >= 0 } receipt) return Refuse(HubRefusal.Schema, null);
        if (!Guid.TryParse(call.Context.Request.RouteValues["id"] as string, out var id) || id != receipt.RequestId) return Refuse(HubRefusal.Schema, null);
        return recorder.Accept(call.Sender.Id, receipt) ? SignedAnswer.Nothing : Refuse(HubRefusal.NotParticipant, id);
    }

    private static SignedAnswer Refuse(string code, Guid? requestId) => SignedAnswer.Refuse(code, SignedAnswer.AtHub, requestId);
}
