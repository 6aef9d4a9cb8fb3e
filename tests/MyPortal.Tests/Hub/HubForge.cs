using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

/// <summary>Writes in the name of hub and holders, whose keys it has: what a dishonest participant, or the way in between, could send.</summary>
internal sealed class HubForge(TestHub hub)
{
    public OrganisationKeys KeysOf(string participant) => OrganisationKeys.LoadOrMake(participant, new DataFolder(Path.Combine(hub.Folder, participant, "keys")), ca: null!);

    /// <summary>A reply to a request, signed as the hub does unless told otherwise.</summary>
    public HttpResponseMessage Reply(HttpRequestMessage request, byte[] body, HttpStatusCode status = HttpStatusCode.OK, string signer = TestHub.Id, Func<MessageHead, MessageHead>? change = null)
    {
        var keys = KeysOf(signer);
        var head = new MessageHead(TestHub.Id, "portal", keys.KeyId, request.Headers.GetValues(MessageHead.TimeHeader).Single(), request.Headers.GetValues(MessageHead.NonceHeader).Single());
        head = change?.Invoke(head) ?? head;
        var reply = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in head.Headers(keys.Sign(head.ReplyBytes((int)status, body))))
        {
            reply.Headers.TryAddWithoutValidation(name, value);
        }

        return reply;
    }

    public HttpResponseMessage Refuse(HttpRequestMessage request, string code, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Reply(request, Write(new HubProblem(code, "hub", Retryable: false)), status);

    public HttpResponseMessage Publish<T>(HttpRequestMessage request, T content) => Reply(request, Write(Publication.Sign(content, KeysOf(TestHub.Id))));

    /// <summary>What the portal asks.</summary>
    public static async Task<(LinkageRequest Request, LinkageCore Core)> ReadAsync(HttpRequestMessage request)
    {
        var read = JsonSerializer.Deserialize<LinkageRequest>(await request.Content!.ReadAsByteArrayAsync(), ContractJson.Options)!;
        return (read, JsonSerializer.Deserialize<LinkageCore>(read.Core, ContractJson.Options)!);
    }

    /// <summary>A good answer to a question, with the holder's keys; <paramref name="forgery"/> says what is wrong with it.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, MatrixRow row, byte[] subjectTag, Forgery forgery)
    {
        var (question, core) = await ReadAsync(request);
        var coreHash = SHA256.HashData(forgery.Core?.Invoke(question.Core) ?? question.Core);
        var records = row.Items.Select(item => new DatasetRecord(item.ItemId, "1", item.Type)).ToList();
        var answer = new HolderAnswer(
            HolderAnswer.CurrentType, HolderOutcome.Ready, core.IssuedAt, SubjectCheck.Proof(subjectTag, coreHash), row.DatasetId, row.DatasetVersion, records);
        answer = forgery.Answer?.Invoke(answer) ?? answer;
        var bytes = forgery.Bytes?.Invoke(Write(answer)) ?? Write(answer);

        using var requester = EllipticKey.ReadOrNull(core.EphemeralKey)!;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var signature = KeysOf(forgery.Signer ?? core.Holder).Sign(AnswerSeal.SignedBytes(coreHash, core.EphemeralKey, ephemeral.ExportSubjectPublicKeyInfo(), answer.ProducedAt, bytes));
        var padded = AnswerSeal.Pad(AnswerSeal.Content(bytes, signature));
        var sealedAnswer = AnswerSeal.Seal(coreHash, requester, ephemeral, new byte[12], forgery.Padded?.Invoke(padded) ?? padded);
        var reply = new LinkageReply(core.RequestId, question.Code, Write(forgery.Sealed?.Invoke(sealedAnswer) ?? sealedAnswer));
        return Reply(request, Write(forgery.Reply?.Invoke(reply) ?? reply));
    }

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, ContractJson.Options)!;

    public static byte[] Write<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options);
}

/// <summary>What is wrong with an answer; nothing, as long as nothing is set.</summary>
internal sealed record Forgery
{
    /// <summary>Another request for which it is sealed and signed.</summary>
    public Func<byte[], byte[]>? Core { get; init; }

    public Func<HolderAnswer, HolderAnswer>? Answer { get; init; }

    /// <summary>The JSON before it is signed.</summary>
    public Func<byte[], byte[]>? Bytes { get; init; }

    /// <summary>Who signs instead of the holder.</summary>
    public string? Signer { get; init; }

    public Func<byte[], byte[]>? Padded { get; init; }

    public Func<SealedAnswer, SealedAnswer>? Sealed { get; init; }

    public Func<LinkageReply, LinkageReply>? Reply { get; init; }
}
