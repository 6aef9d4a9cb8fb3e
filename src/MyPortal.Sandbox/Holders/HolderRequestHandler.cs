using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.ResidentNetwork;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Holders;

/// <summary>What every holder does with a request: believe neither the hub nor the requester more than their signatures.</summary>
internal sealed class HolderRequestHandler(OrganisationKeys self, IHubDirectory directory, IHolderFiles files, HolderBook book, TimeProvider clock, FaultInjection trouble)
{
    private const int GarbageLength = 700;
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(30);

    public async Task<SignedAnswer> ProvideAsync(byte[] body, CancellationToken cancellationToken)
    {
        if (LinkageForm.Read(body) is not { } form) return SignedAnswer.Refuse(HubRefusal.Schema, SignedAnswer.AtHolder);
        if (trouble.Kind is InjectedFault.Slow) await Task.Delay(Slowness, clock, cancellationToken);

        var core = form.Core;
        if (core.Holder != self.Id || await directory.FindAsync(core.Requester, cancellationToken) is not { } requester) return Deny(form, HubRefusal.NotParticipant);
        if (!requester.HasSigned(LinkageForm.SignedBytes(form.Request.Core), form.Request.CoreSignature)) return Deny(form, HubRefusal.SigInvalid);
        var matrix = await directory.MatrixAsync(cancellationToken);
        if (RowCheck.Refusal(matrix, core, requester.Class) is { } refusal) return Deny(form, refusal);
        if (clock.GetUtcNow() > core.Deadline) return Deny(form, HubRefusal.HolderTimeout);

        var coreHash = SHA256.HashData(form.Request.Core);
        if (!book.Claims(core.RequestId, form.Request.Code, coreHash)) return Deny(form, HubRefusal.Replay, "ALARM");
        if (await files.SubjectAsync(form.Request.Code, core.RequestId, coreHash, cancellationToken) is not { } subject) return Deny(form, HubRefusal.CodeUnknown);
        var tag = SubjectCheck.OpenTag(core.SubjectTag, core.RequestId, self.Id, self.Sealing);
        if (!CryptographicOperations.FixedTimeEquals(tag, subject.Tag)) return Deny(form, HubRefusal.SubjectMismatch);

        return Provide(form, matrix.Rows.Single(r => r.RowId == core.RowId), coreHash, subject);
    }

    private SignedAnswer Provide(LinkageForm form, MatrixRow row, byte[] coreHash, SubjectEvidence subject)
    {
        var content = files.Read(form.Request.Code, row, form.Core.Items);
        var answer = new HolderAnswer(
            HolderAnswer.CurrentType,
            content.Outcome,
            clock.NowInMilliseconds(),
            subject.Proof,
            row.DatasetId,
            row.DatasetVersion,
            content.Records,
            content.Reason);
        book.Write("PROVIDE", form, content.Outcome.ToString().ToUpperInvariant());
        var bytes = trouble.Kind is InjectedFault.Garbage ? RandomSource.Bytes(GarbageLength) : JsonSerializer.SerializeToUtf8Bytes(Seal(form.Core, coreHash, answer), ContractJson.Options);
        return SignedAnswer.Of(new LinkageReply(form.Core.RequestId, form.Request.Code, bytes));
    }

    private SealedAnswer Seal(LinkageCore core, byte[] coreHash, HolderAnswer answer)
    {
        using var requester = EllipticKey.ReadOrNull(core.EphemeralKey)!;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, ContractJson.Options);
        var signature = self.Sign(AnswerSeal.SignedBytes(coreHash, core.EphemeralKey, ephemeral.ExportSubjectPublicKeyInfo(), answer.ProducedAt, bytes));
        return AnswerSeal.Seal(coreHash, requester, ephemeral, RandomSource.Bytes(12), AnswerSeal.Pad(AnswerSeal.Content(bytes, signature)));
    }

    private SignedAnswer Deny(LinkageForm form, string code, string eventName = "DENY")
    {
        book.Write(eventName, form, code);
        return SignedAnswer.Refuse(code, SignedAnswer.AtHolder, form.Core.RequestId);
    }
}
