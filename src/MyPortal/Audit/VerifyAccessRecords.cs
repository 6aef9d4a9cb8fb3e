using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Certificates;
using MyPortal.Data;

namespace MyPortal.Audit;

/// <summary>What the check of the chain found.</summary>
/// <param name="Checked">Records that are intact, counted from the first.</param>
/// <param name="FirstBad">Place of the first record or seal that is not; null when all are.</param>
internal sealed record AuditVerdict(long Checked, long? FirstBad);

/// <summary>Walks the whole chain and checks every record and every signature over its end. Works for no viewer: it is the operator's command.</summary>
internal sealed class VerifyAccessRecords(IDbContextFactory<PortalDbContext> databases, KeyFolder keys)
{
    public async Task<AuditVerdict> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var recorderKey = keys.SigningKey("recorder");
        var seals = await db.Set<AuditSeal>().AsNoTracking().ToDictionaryAsync(seal => seal.Sequence, cancellationToken);
        var sequence = 0L;
        var signedUpTo = 0L;
        var hash = SealAccessRecords.Origin;
        var records = db.Set<AccessRecord>().AsNoTracking().Where(record => record.Sequence != null).OrderBy(record => record.Sequence);
        await foreach (var record in records.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (record.Sequence != sequence + 1 || !record.IsIntactAfter(hash) || !IsSealIntact(seals, record, recorderKey))
            {
                return new AuditVerdict(sequence, sequence + 1);
            }

            sequence++;
            hash = record.Hash!;
            signedUpTo = seals.ContainsKey(sequence) ? sequence : signedUpTo;
        }

        if (seals.Keys.Any(sealedAt => sealedAt > sequence))
        {
            return new AuditVerdict(sequence, sequence + 1);
        }

        // Anybody can compute hashes: what stands behind the last signature was not put there by the recorder.
        return new AuditVerdict(signedUpTo, signedUpTo < sequence ? signedUpTo + 1 : null);
    }

    private static bool IsSealIntact(Dictionary<long, AuditSeal> seals, AccessRecord record, ECDsa recorderKey) =>
        !seals.TryGetValue(record.Sequence!.Value, out var seal)
        || (seal.Hash.AsSpan().SequenceEqual(record.Hash)
            && recorderKey.VerifyData(SealAccessRecords.SignedBytes(seal.Sequence, seal.At, seal.Hash), seal.Signature, HashAlgorithmName.SHA256));
}
