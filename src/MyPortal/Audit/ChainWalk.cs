namespace MyPortal.Audit;

/// <summary>Goes along the chain record by record, up to the seal that was the newest at the start.</summary>
internal sealed class ChainWalk(RecorderKey recorderKey, IReadOnlyList<AnchorCheck> anchors, AuditSeal? end)
{
    private readonly bool endsForeign = end is not null && recorderKey.IsForeign(end);
    private byte[] hash = SealAccessRecords.Origin;
    private long ownSealsReach;
    private long? firstForeign;

    /// <summary>How far the chain must go.</summary>
    public long End { get; } = end?.Sequence ?? 0;

    /// <summary>Place of the last record that is intact.</summary>
    public long Place { get; private set; }

    /// <summary>Goes one record on; false when it, the words beside it or the seal over it are not what was sealed.</summary>
    public bool TryPass(AccessRecord record, ChangeRecord? change, AuditSeal? seal)
    {
        if (record.Sequence != Place + 1
            || !record.IsIntactAfter(hash)
            || (ChangeTrail.IsExpectedFor(record) && (change is null || !ChangeTrail.IsOf(record, change)))
            || (seal is not null && !TryPass(record, seal)))
        {
            return false;
        }

        Place++;
        hash = record.Hash!;
        foreach (var check in anchors)
        {
            check.Pass(Place, hash);
        }

        return true;
    }

    /// <summary>The verdict over a chain that holds together.</summary>
    /// <param name="highest">The highest place that a record had before the newest seal was looked up.</param>
    public AuditVerdict Finish(long highest)
    {
        // Anybody can compute hashes: what stands behind the last signature was not put there by the recorder.
        if (highest > End)
        {
            return AuditVerdict.BrokenAt(End + 1);
        }

        if (anchors.Any(check => check.Contradicted is not null))
        {
            var agreed = anchors.Where(check => check.Contradicted is not null).Min(check => check.Agreed?.Count ?? 0);
            return new AuditVerdict(AuditFinding.Rewritten, agreed, agreed + 1);
        }

        if (anchors.Any(check => check.Beyond is not null))
        {
            return new AuditVerdict(AuditFinding.EndMissing, End, End + 1);
        }

        if (firstForeign is not null)
        {
            return new AuditVerdict(AuditFinding.OtherKey, ownSealsReach, ownSealsReach + 1);
        }

        var isAnchored = anchors.Any(check => check.Agreed is not null);
        return End is 0 && !anchors.Any(check => check.Agreed is { Count: > 0 })
            ? new AuditVerdict(AuditFinding.Empty, 0)
            : new AuditVerdict(isAnchored ? AuditFinding.Intact : AuditFinding.NoAnchor, End);
    }

    private bool TryPass(AccessRecord record, AuditSeal seal)
    {
        if (!seal.Hash.AsSpan().SequenceEqual(record.Hash))
        {
            return false;
        }

        if (recorderKey.Verifies(seal))
        {
            ownSealsReach = firstForeign is null ? seal.Sequence : ownSealsReach;
            return true;
        }

        // A seal without a thumbprint is older than the column; it is taken for another key's where the end of the chain is.
        var isForeign = seal.KeyThumbprint is null ? endsForeign : recorderKey.IsForeign(seal);
        firstForeign = isForeign ? firstForeign ?? seal.Sequence : firstForeign;
        return isForeign;
    }
}
