using System.Security.Cryptography;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Hub;

/// <summary>Checks a request, swaps the code, and relays what comes back without being able to read it.</summary>
internal sealed class Gateway(HubRegister register, CodeConverter codes, RequestRate rate, HubRecorder recorder, HolderClient line)
{
    public async Task<SignedAnswer> AskAsync(SignedCall call)
    {
        // In the order of docs/hub-protocol.md section 3. 1: form.
        if (LinkageForm.Read(call.Body) is not { } form) return SignedAnswer.Refuse(HubRefusal.Schema, SignedAnswer.AtHub);
        var core = form.Core;
        var idCode = codes.PersonOf(call.Sender.Id, form.Request.Code);
        var person = idCode is null ? null : codes.Link(HubApi.Id, idCode.Value);
        recorder.Write("REQUEST", core, person, HubRecorder.Ok);

        // 2: class. 3: row. 4: rate. 5: code.
        var refusal = core.Requester != call.Sender.Id ? HubRefusal.NotParticipant : RowCheck.Refusal(register.Matrix(), core, call.Sender.Class);
        if (refusal is null && !rate.Allows(call.Sender.Id, form.Request.Code)) refusal = HubRefusal.RateLimit;
        var holderCode = idCode is null ? null : codes.CodeOf(core.Holder, idCode.Value);
        if (refusal is null && holderCode is null) refusal = HubRefusal.CodeUnknown;
        if (refusal is not null) return Deny(core, person, refusal);

        recorder.Write("AUTHORISE", core, person, HubRecorder.Ok);
        var answer = await line.ProvideAsync(form.Request with { Code = holderCode! }, core.Holder, call.Aborted);
        return Relay(answer, form, holderCode!, person);
    }

    private SignedAnswer Relay(SignedReply answer, LinkageForm form, string holderCode, string? person)
    {
        var core = form.Core;
        if (!answer.IsSuccess)
        {
            var problem = HubJson.ReadOrNull<HubProblem>(answer.Body);
            recorder.Write("PROVIDE", core, person, problem?.Code ?? HubRefusal.HolderDown);
            return SignedAnswer.Refuse(problem?.Code ?? HubRefusal.HolderDown, answer.ErrorAt ?? SignedAnswer.AtHub, core.RequestId);
        }
        if (HubJson.ReadOrNull<LinkageReply>(answer.Body) is not { } reply || reply.RequestId != core.RequestId || reply.Code != holderCode)
        {
            recorder.Write("PROVIDE", core, person, HubRefusal.HolderDown);
            return SignedAnswer.Refuse(HubRefusal.HolderDown, SignedAnswer.AtHub, core.RequestId);
        }
        recorder.Write("PROVIDE", core, person, HubRecorder.Ok, SHA256.HashData(reply.Sealed), reply.Sealed.Length);
        return SignedAnswer.Of(reply with { Code = form.Request.Code });
    }

    private SignedAnswer Deny(LinkageCore core, string? person, string refusal)
    {
        recorder.Write("DENY", core, person, refusal);
        return SignedAnswer.Refuse(refusal, SignedAnswer.AtHub, core.RequestId);
    }
}
