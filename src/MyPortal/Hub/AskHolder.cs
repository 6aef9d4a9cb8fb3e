using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>A question to one holder about one person.</summary>
/// <param name="Code">The portal's own code of the person.</param>
/// <param name="SubjectTag">The person's subject tag.</param>
/// <param name="Row">The row of the matrix that allows the question.</param>
/// <param name="Evidence">How the person was identified.</param>
/// <param name="Terminal">Where the person sits.</param>
internal sealed record HolderQuestion(string Code, byte[] SubjectTag, MatrixRow Row, string Evidence, string Terminal);

/// <summary>How a question ended.</summary>
internal enum AskOutcome
{
    /// <summary>A sealed answer arrived and belongs to the question.</summary>
    Answered,

    /// <summary>Hub or holder refused by a rule.</summary>
    Denied,

    /// <summary>Nothing usable arrived in time.</summary>
    Unavailable,

    /// <summary>Holder and portal do not speak of the same person; nothing left the holder.</summary>
    Mismatch,
}

/// <summary>What came back of a question. The answer stays sealed; <see cref="Open"/> shows it as long as the key lives.</summary>
internal sealed class AskedHolder(Guid requestId, AskOutcome outcome, string? code, SealedReply? reply) : IDisposable
{
    public Guid RequestId => requestId;

    public AskOutcome Outcome => outcome;

    /// <summary>The refusal's code, for the record and for support.</summary>
    public string? Code => code;

    /// <summary>The answer in clear, for one rendering; null when there is none or it was wiped.</summary>
    public HolderAnswer? Open() => reply?.Open();

    /// <summary>Forgets the key: from now on nobody can open the answer.</summary>
    public void Dispose() => reply?.Dispose();
}

/// <summary>A verified answer, kept as ciphertext with the one-time key that opens it.</summary>
internal sealed class SealedReply(SealedAnswer sealedAnswer, byte[] core, ECDiffieHellman ephemeral) : IDisposable
{
    private bool isWiped;

    public HolderAnswer? Open() => isWiped
        ? null
        : JsonSerializer.Deserialize<HolderAnswer>(LinkageSeal.Split(LinkageSeal.OpenAnswer(sealedAnswer, core, ephemeral)).Answer, ContractJson.Options);

    public void Dispose()
    {
        isWiped = true;
        ephemeral.Dispose();
    }
}

/// <summary>
/// Asks one holder through the hub: signs the core, opens and checks the answer, and leaves a receipt. Stores nothing. Works for no
/// viewer: who may ask is decided by the feature that calls.
/// </summary>
internal sealed class AskHolder(HubClient client, HubDirectory directory, HubOptions options, OrganisationKeys keys, RandomSource random, TimeProvider clock)
{
    public async Task<AskedHolder> ExecuteAsync(HolderQuestion question, CancellationToken cancellationToken)
    {
        var requestId = new Guid(RandomVersion4(), bigEndian: true);
        var publications = await directory.ReadAsync(cancellationToken);
        if (publications.IsRefused || publications.Value.Find(question.Row.Holder) is not { } holder || keys.SealingKeyOf(holder.Id, holder.SealingCertificate) is not { } sealingKey)
        {
            return new AskedHolder(requestId, AskOutcome.Unavailable, HubErrors.Unavailable.Code, reply: null);
        }

        var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var core = JsonSerializer.SerializeToUtf8Bytes(CoreOf(question, requestId, publications.Value.Matrix.Version, sealingKey, ephemeral), ContractJson.Options);
        var request = new LinkageRequest(core, keys.Sign(HubBytes.OfCore(core)), question.Code);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Deadline);
        var asked = await AskAsync(question, holder, request, requestId, publications.Value.HubCertificate, ephemeral, limit.Token, cancellationToken);
        if (asked.Outcome is not AskOutcome.Answered)
        {
            ephemeral.Dispose();
        }

        return asked;
    }

    private async Task<AskedHolder> AskAsync(
        HolderQuestion question, Participant holder, LinkageRequest request, Guid requestId, byte[] hubCertificate, ECDiffieHellman ephemeral, CancellationToken limit, CancellationToken cancellationToken)
    {
        HubReply? reply;
        try
        {
            reply = await client.SendAsync(HttpMethod.Post, "/v1/linkages", JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Options), hubCertificate, limit);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reply = null;
        }

        if (reply is not { Problem: null })
        {
            return new AskedHolder(requestId, OutcomeOf(reply?.Problem), reply?.Problem?.Code ?? HubErrors.Unavailable.Code, reply: null);
        }

        var sealedBytes = JsonSerializer.Deserialize<LinkageReply>(reply.Body, ContractJson.Options)?.Sealed ?? [];
        var (outcome, answer) = Check(sealedBytes, request.Core, question, holder, ephemeral);
        await SendReceiptAsync(requestId, sealedBytes, outcome, hubCertificate, cancellationToken);
        return new AskedHolder(requestId, outcome, outcome is AskOutcome.Answered ? null : $"hub.{outcome.ToString().ToLowerInvariant()}", answer is null ? null : new SealedReply(answer, request.Core, ephemeral));
    }

    private (AskOutcome Outcome, SealedAnswer? Answer) Check(byte[] sealedBytes, byte[] core, HolderQuestion question, Participant holder, ECDiffieHellman ephemeral)
    {
        try
        {
            var sealedAnswer = JsonSerializer.Deserialize<SealedAnswer>(sealedBytes, ContractJson.Options)!;
            var (bytes, signature) = LinkageSeal.Split(LinkageSeal.OpenAnswer(sealedAnswer, core, ephemeral));
            var answer = JsonSerializer.Deserialize<HolderAnswer>(bytes, ContractJson.Options)!;
            var signed = HubBytes.OfAnswer(core, ephemeral.PublicKey.ExportSubjectPublicKeyInfo(), sealedAnswer.HolderKey, HubHeaders.Write(answer.ProducedAt), bytes);
            if (answer.Type is not HolderAnswer.CurrentType || !keys.IsSignedBy(holder.Id, holder.SigningCertificate, signed, signature) || !KeepsToRow(answer, question.Row))
            {
                return (AskOutcome.Unavailable, null);
            }

            return LinkageSeal.ProvesSubject(question.SubjectTag, core, answer.SubjectProof) ? (AskOutcome.Answered, sealedAnswer) : (AskOutcome.Mismatch, null);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return (AskOutcome.Unavailable, null);
        }
    }

    // Extra items inside a valid answer are how two holders would smuggle data.
    private static bool KeepsToRow(HolderAnswer answer, MatrixRow row) =>
        answer.DatasetId == row.DatasetId && answer.Version == row.DatasetVersion && answer.Records.All(record => row.Items.Any(item => item.ItemId == record.ItemId && item.Type == record.Type));

    private LinkageCore CoreOf(HolderQuestion question, Guid requestId, int matrixVersion, byte[] sealingKey, ECDiffieHellman ephemeral)
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
            question.Evidence,
            question.Terminal,
            LinkageMode.Gateway,
            SealedAnswer.CurrentAlgorithm,
            now,
            now + options.Deadline,
            LinkageSeal.SealSubject(question.SubjectTag, requestId, question.Row.Holder, sealingKey, random.Bytes(12)),
            ephemeral.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private Task<HubReply?> SendReceiptAsync(Guid requestId, byte[] sealedBytes, AskOutcome outcome, byte[] hubCertificate, CancellationToken cancellationToken)
    {
        var word = outcome switch
        {
            AskOutcome.Answered => "received",
            AskOutcome.Mismatch => "mismatch",
            _ => "unreadable",
        };
        var receipt = new LinkageReceipt(requestId, SHA256.HashData(sealedBytes), sealedBytes.Length, word);
        return client.SendAsync(HttpMethod.Post, $"/v1/linkages/{requestId:D}/receipt", JsonSerializer.SerializeToUtf8Bytes(receipt, ContractJson.Options), hubCertificate, cancellationToken);
    }

    private static AskOutcome OutcomeOf(HubProblem? problem) => problem?.Code switch
    {
        "SUBJECT_MISMATCH" => AskOutcome.Mismatch,
        "NO_ROW" or "ROW_EXPIRED" or "ITEM_OUT_OF_SCOPE" or "LEVEL_TOO_LOW" or "CLASS_NOT_ELIGIBLE" or "NOT_PARTICIPANT" => AskOutcome.Denied,
        _ => AskOutcome.Unavailable,
    };

    private byte[] RandomVersion4()
    {
        var bytes = random.Bytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return bytes;
    }
}
