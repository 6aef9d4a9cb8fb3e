using System.Globalization;
using System.Security.Cryptography;
using MyPortal.Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>One attempt: the exact core that was sent and the key to which the answer must be sealed.</summary>
internal sealed record HubAttempt(LinkageCore Core, byte[] CoreBytes, ECDiffieHellman Ephemeral);

/// <summary>Whether an answer is the holder's, to this very request, about this very person, and no more than was asked for.</summary>
internal sealed class AnswerCheck(OrganisationKeys keys, TimeProvider clock)
{
    private const int LongestValue = 4000;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The number of values in the answer, or what is wrong with it: unreadable, or about somebody else.</summary>
    public Result<int> Check(SealedAnswer sealedAnswer, HubAttempt attempt, HolderQuery question, Participant holder)
    {
        byte[] bytes, signature;
        try
        {
            (bytes, signature) = LinkageSeal.Split(LinkageSeal.OpenAnswer(sealedAnswer, attempt.CoreBytes, attempt.Ephemeral));
        }
        catch (CryptographicException)
        {
            return HubErrors.Unreadable;
        }

        if (HubJson.ReadOrNull<HolderAnswer>(bytes) is not { Type: HolderAnswer.CurrentType } answer || !HubJson.IsWhole(answer.Records))
        {
            return HubErrors.Unreadable;
        }

        var signed = SignatureInput.OfAnswer(attempt.CoreBytes, attempt.Core.EphemeralKey, sealedAnswer.HolderKey, HubHeaders.Write(answer.ProducedAt), bytes);
        if (!keys.IsSignedBy(holder.Id, holder.SigningCertificate, signed, signature) || !IsTimely(answer.ProducedAt, attempt.Core) || !KeepsTo(answer, question.Row, attempt.Core))
        {
            return HubErrors.Unreadable;
        }

        return LinkageSeal.ProvesSubject(question.SubjectTag, attempt.CoreBytes, answer.SubjectProof) ? answer.Records.Count : HubErrors.SubjectMismatch;
    }

    private bool IsTimely(DateTimeOffset producedAt, LinkageCore core) => producedAt >= core.IssuedAt - ClockSkew && producedAt <= clock.GetUtcNow() + ClockSkew;

    // Extra items inside a valid answer are how two holders would smuggle data.
    private static bool KeepsTo(HolderAnswer answer, MatrixRow row, LinkageCore core) =>
        answer.DatasetId == row.DatasetId
        && answer.Version == row.DatasetVersion
        && answer.Outcome is HolderOutcome.Ready == answer.Records.Count > 0
        && answer.Records.All(record =>
            core.Items.Contains(record.ItemId, StringComparer.Ordinal)
            && row.Items.Any(item => item.ItemId == record.ItemId && item.Type == record.Type)
            && IsReadable(record));

    private static bool IsReadable(DatasetRecord record) => record.Value.Length <= LongestValue && record.Type switch
    {
        DatasetType.Number => decimal.TryParse(record.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        DatasetType.Day => DateOnly.TryParseExact(record.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        DatasetType.Instant => HubHeaders.ReadTimeOrNull(record.Value) is not null,
        _ => true,
    };
}
