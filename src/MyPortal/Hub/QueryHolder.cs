using System.Security.Cryptography;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>
/// Asks one holder through the hub about the viewer's own data: records the question, signs the core, opens and checks the answer,
/// records the outcome and leaves a receipt. Stores nothing of the answer.
/// </summary>
internal sealed class QueryHolder(
    HubClient client,
    HubDirectory directory,
    HubRecords records,
    AnswerCheck check,
    HubOptions options,
    OrganisationKeys keys,
    RandomSource random,
    TimeProvider clock)
{
    private static readonly TimeSpan ReceiptPatience = TimeSpan.FromSeconds(1);

    /// <summary>Never throws for anything that hub or holder do; whatever goes wrong there is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the outcome is recorded all the same.</exception>
    public async Task<HolderResponse> ExecuteAsync(Viewer viewer, HolderQuery question, CancellationToken cancellationToken)
    {
        var requestId = new Guid(RandomVersion4(), bigEndian: true);
        await records.AskedAsync(viewer, requestId, question, cancellationToken);
        var outcome = "hub.given-up";
        try
        {
            var (asked, values) = await AskAsync(viewer, question, requestId, cancellationToken);
            outcome = asked.Code ?? $"{AuditTrail.Ok}:{values}";
            return asked;
        }
        finally
        {
            await records.AnsweredAsync(viewer, requestId, question, outcome);
        }
    }

    private async Task<(HolderResponse Asked, int Values)> AskAsync(Viewer viewer, HolderQuery question, Guid requestId, CancellationToken cancellationToken)
    {
        if ((int)viewer.Level < question.Row.MinimumLevel)
        {
            return (Refused(requestId, HubErrors.LevelTooLow), 0);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Deadline);
        try
        {
            var publications = await directory.ReadAsync(limit.Token);
            var answered = publications.IsRefused ? publications.Error : await AskAsync(viewer, question, requestId, publications.Value, limit.Token);
            if (answered is { IsRefused: true } && answered.Error == HubErrors.RowExpired && !publications.IsRefused)
            {
                // Once more if the same row still stands in a newer matrix. Nobody but the hub has seen the request, so its number stays.
                publications = await directory.ReadNewerAsync(publications.Value, limit.Token);
                answered = publications.IsRefused ? publications.Error : await AskAsync(viewer, question, requestId, publications.Value, limit.Token);
            }

            return answered.IsRefused ? (Refused(requestId, answered.Error), 0) : (new HolderResponse(requestId, QueryOutcome.Answered, null, answered.Value.Reply), answered.Value.Values);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The hub itself says when a holder is late; whoever says nothing for so long is the hub.
            return (Refused(requestId, HubErrors.Unavailable), 0);
        }
    }

    private async Task<Result<VerifiedReply>> AskAsync(Viewer viewer, HolderQuery question, Guid requestId, HubPublications publications, CancellationToken cancellationToken)
    {
        if (!publications.HasRow(question.Row))
        {
            return HubErrors.RowExpired;
        }

        if (publications.Find(question.Row.Holder) is not { } holder || keys.SealingKeyOf(holder.Id, holder.SealingCertificate) is not { } sealingKey)
        {
            return HubErrors.Unavailable;
        }

        var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var isKept = false;
        try
        {
            var core = CoreOf(viewer, question, requestId, publications.Matrix.Version, sealingKey, ephemeral);
            var attempt = new HubAttempt(core, HubJson.Write(core), ephemeral);
            var verified = await AskAsync(attempt, question, holder, publications.HubCertificate, cancellationToken);
            isKept = !verified.IsRefused;
            return verified;
        }
        finally
        {
            if (!isKept)
            {
                ephemeral.Dispose();
            }
        }
    }

    private async Task<Result<VerifiedReply>> AskAsync(HubAttempt attempt, HolderQuery question, Participant holder, byte[] hubCertificate, CancellationToken cancellationToken)
    {
        var request = new LinkageRequest(attempt.CoreBytes, keys.Sign(SignatureInput.OfCore(attempt.CoreBytes)), question.Code);
        var reply = await client.SendOrRepeatAsync(HttpMethod.Post, "/v1/linkages", HubJson.Write(request), hubCertificate, cancellationToken);
        if (reply is not { Problem: null })
        {
            return HubErrors.Of(reply?.Problem);
        }

        if (HubJson.ReadOrNull<LinkageReply>(reply.Body) is not { } linkage || linkage.RequestId != attempt.Core.RequestId || linkage.Code != question.Code)
        {
            return HubErrors.Unreadable;
        }

        var answer = HubJson.ReadOrNull<SealedAnswer>(linkage.Sealed);
        var values = answer is null ? HubErrors.Unreadable : check.Check(answer, attempt, question, holder);
        await SendReceiptAsync(attempt.Core.RequestId, linkage.Sealed, values, hubCertificate, cancellationToken);
        return values.IsRefused ? values.Error : new VerifiedReply(new SealedReply(answer!, attempt.CoreBytes, attempt.Ephemeral), values.Value);
    }

    /// <summary>What the portal signs for the holder.</summary>
    internal LinkageCore CoreOf(Viewer viewer, HolderQuery question, Guid requestId, int matrixVersion, byte[] sealingKey, ECDiffieHellman ephemeral)
    {
        var now = clock.Now();
        return new LinkageCore(
            LinkageCore.CurrentType,
            requestId,
            options.Self,
            question.Row.Holder,
            question.Row.RowId,
            matrixVersion,
            [.. question.Row.Items.Select(item => item.ItemId)],
            question.Row.Purpose.Ja,
            LinkageBasis.Self,
            LinkageActor.Self,
            viewer.Evidence.ToWord(),
            question.Terminal,
            LinkageMode.Gateway,
            SealedAnswer.CurrentAlgorithm,
            now,
            now + options.Deadline,
            LinkageSeal.SealSubject(question.SubjectTag, requestId, question.Row.Holder, sealingKey, random.Bytes(12)),
            ephemeral.PublicKey.ExportSubjectPublicKeyInfo(),
            (int)viewer.Level);
    }

    // A receipt that does not arrive shows as a gap in the hub's record; the answer is here all the same.
    private async Task SendReceiptAsync(Guid requestId, byte[] sealedBytes, Result<int> values, byte[] hubCertificate, CancellationToken cancellationToken)
    {
        var word = !values.IsRefused ? "received" : values.Error == HubErrors.SubjectMismatch ? "mismatch" : "unreadable";
        var receipt = new LinkageReceipt(requestId, SHA256.HashData(sealedBytes), sealedBytes.Length, word);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReceiptPatience);
        try
        {
            await client.SendAsync(HttpMethod.Post, $"/v1/linkages/{requestId:D}/receipt", HubJson.Write(receipt), hubCertificate, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private static HolderResponse Refused(Guid requestId, Error error)
    {
        var outcome = error == HubErrors.SubjectMismatch ? QueryOutcome.Mismatch : error.Kind is ErrorKind.Forbidden ? QueryOutcome.Denied : QueryOutcome.Unavailable;
        return new HolderResponse(requestId, outcome, error.Code, reply: null);
    }

    private byte[] RandomVersion4()
    {
        var bytes = random.Bytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return bytes;
    }

    private sealed record VerifiedReply(SealedReply Reply, int Values);
}
