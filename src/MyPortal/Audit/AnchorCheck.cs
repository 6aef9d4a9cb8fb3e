namespace MyPortal.Audit;

/// <summary>Holds the anchors of one file against the chain while somebody walks along it; one anchor at a time is in memory.</summary>
internal sealed class AnchorCheck : IDisposable
{
    private readonly IEnumerator<Anchor> standing;
    private Anchor? next;

    public AnchorCheck(AnchorSummary summary)
    {
        Summary = summary;
        standing = AnchorFile.Standing(summary).GetEnumerator();
        next = standing.MoveNext() ? standing.Current : null;
        Pass(0, SealAccessRecords.Origin);
    }

    public AnchorSummary Summary { get; }

    /// <summary>The last anchor that agrees with the chain; null when none does.</summary>
    public Anchor? Agreed { get; private set; }

    /// <summary>The first anchor with another hash than the chain; nothing behind it is compared.</summary>
    public Anchor? Contradicted { get; private set; }

    /// <summary>The first anchor that lies beyond the end of the chain; only after the walk.</summary>
    public Anchor? Beyond => Contradicted is null ? next : null;

    /// <summary>The walk has come to this place.</summary>
    public void Pass(long place, ReadOnlySpan<byte> hash)
    {
        while (Contradicted is null && next is { } anchor && anchor.Count <= place)
        {
            if (anchor.Count == place && anchor.Hash.AsSpan().SequenceEqual(hash))
            {
                Agreed = anchor;
                next = standing.MoveNext() ? standing.Current : null;
            }
            else
            {
                Contradicted = anchor;
            }
        }
    }

    public void Dispose() => standing.Dispose();
}
