namespace MyPortal.Audit;

/// <summary>How a check of the chain ended; the first that applies.</summary>
internal enum AuditFinding
{
    /// <summary>Every record is what was sealed, and the chain reaches the newest anchor.</summary>
    Intact,

    /// <summary>A record, the words beside it or a seal is not what was sealed, or is missing.</summary>
    Broken,

    /// <summary>The chain holds together but is not the one that was anchored.</summary>
    Rewritten,

    /// <summary>The chain holds together and ends before its newest anchor.</summary>
    EndMissing,

    /// <summary>Seals were made with another key than the one at hand; nothing can be said about them.</summary>
    OtherKey,

    /// <summary>There is no record at all, and no anchor that says there should be.</summary>
    Empty,

    /// <summary>The chain holds together, but no anchor says how far it should reach.</summary>
    NoAnchor,
}

/// <summary>What the check of the chain found.</summary>
/// <param name="Finding">How it ended.</param>
/// <param name="Checked">Records that are intact, counted from the first.</param>
/// <param name="FirstBad">Place of the first record or seal that is not as it should be; null where the finding has none.</param>
internal sealed record AuditVerdict(AuditFinding Finding, long Checked, long? FirstBad = null)
{
    public bool IsIntact => Finding is AuditFinding.Intact;

    public static AuditVerdict BrokenAt(long place) => new(AuditFinding.Broken, place - 1, place);
}

/// <summary>The verdict with what it rests on.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Anchors">The anchor files that were read.</param>
/// <param name="Missing">Named files that are not there.</param>
/// <param name="Waiting">Records that have no place in the chain yet and were not judged.</param>
/// <param name="OldestWaiting">When the oldest of them was made.</param>
internal sealed record AuditReport(AuditVerdict Verdict, IReadOnlyList<AnchorCheck> Anchors, IReadOnlyList<string> Missing, int Waiting, DateTimeOffset? OldestWaiting)
{
    /// <summary>The anchor that the chain must at least reach; null without any.</summary>
    public Anchor? Newest => Anchors.Select(check => check.Summary.Newest).OfType<Anchor>().MaxBy(anchor => anchor.Count);
}
