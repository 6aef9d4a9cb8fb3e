using System.Buffers.Text;
using System.Globalization;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.ResidentNetwork;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Hub;

/// <summary>Gives an organisation its own code of a person who signed for it with the card.</summary>
internal sealed class Linking(HubRegister register, CodeConverter codes, SignedCaller caller, TimeProvider clock)
{
    /// <summary>A visit with the card asks for two secrets, and some people type slowly.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Organisation, DateTimeOffset Expires)> open = new(StringComparer.Ordinal);

    public SignedAnswer IssueNonce(SignedCall call)
    {
        if (!MayLink(call.Sender)) return Refuse(HubRefusal.ClassNotEligible);
        if (call.Body.Length > 0) return Refuse(HubRefusal.Schema);
        var nonce = Base64Url.EncodeToString(RandomSource.Bytes(32));
        var expires = clock.NowInMilliseconds() + Life;
        lock (gate)
        {
            foreach (var old in open.Where(n => n.Value.Expires < clock.GetUtcNow()).Select(n => n.Key).ToList()) open.Remove(old);
            open[nonce] = (call.Sender.Id, expires);
        }
        return SignedAnswer.Of(new LinkNonce(nonce, expires));
    }

    public async Task<SignedAnswer> LinkAsync(SignedCall call)
    {
        if (!MayLink(call.Sender)) return Refuse(HubRefusal.ClassNotEligible);
        if (HubJson.ReadOrNull<CodeByCertificate>(call.Body) is not { } request || HubJson.ReadOrNull<LinkDocument>(request.Document) is not { } document) return Refuse(HubRefusal.Schema);
        if (document is not { Type: LinkDocument.CurrentType, Hub: HubApi.Id, Purpose: "enrol" }) return Refuse(HubRefusal.Schema);
        if (document.Organisation != call.Sender.Id) return Refuse(HubRefusal.NotParticipant);
        if (!Take(document.Nonce, call.Sender.Id)) return Refuse(HubRefusal.NonceUnknown);

        try
        {
            var reply = await caller.SendAsync(register.Find(NumberingBody.Id)!, HttpMethod.Post, "/v1/resolve-certificate", call.Body, call.Aborted);
            if (!reply.IsSuccess) return Refuse(HubJson.ReadOrNull<HubProblem>(reply.Body)?.Code ?? HubRefusal.HolderDown);
            var idCode = ulong.Parse(HubJson.ReadOrNull<ResolvedCertificate>(reply.Body)!.IdCode, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            codes.Link(HubApi.Id, idCode);
            return SignedAnswer.Of(new OrganisationCodeAnswer(codes.Link(call.Sender.Id, idCode)));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or UntrustedReplyException)
        {
            return Refuse(HubRefusal.HolderDown);
        }
    }

    /// <summary>A nonce is gone with its first use, whatever comes of it.</summary>
    private bool Take(string nonce, string organisation)
    {
        lock (gate)
        {
            return open.TryGetValue(nonce, out var issued) && issued.Organisation == organisation && open.Remove(nonce) && issued.Expires >= clock.GetUtcNow();
        }
    }

    private static bool MayLink(Peer sender) => sender.Class is "portal" or "municipality" or "agency";

    private static SignedAnswer Refuse(string code) => SignedAnswer.Refuse(code, SignedAnswer.AtHub);
}
