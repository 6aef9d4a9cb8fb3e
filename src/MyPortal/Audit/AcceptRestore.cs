using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>
/// Marks in every anchor file that a restore undid what it tells of: lines above the mark with a higher count do not count any more,
/// and the mark stays to be seen. Not called on behalf of a citizen: it is the operator's command.
/// </summary>
internal sealed class AcceptRestore(VerifyAccessRecords verify, RecorderKey recorderKey, TimeProvider clock)
{
    /// <summary>Returns what the chain is after the marks; a chain that does not hold together, or needs no mark, is left as it is.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<AuditReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        var found = await verify.ExecuteAsync(cancellationToken);
        if (found.Verdict.Finding is not (AuditFinding.EndMissing or AuditFinding.Rewritten))
        {
            return found;
        }

        foreach (var check in found.Anchors.Where(check => check.Contradicted is not null || check.Beyond is not null))
        {
            var agreed = check.Agreed ?? new Anchor(clock.Now(), 0, SealAccessRecords.Origin, recorderKey.Thumbprint);
            new AnchorFile(check.Summary.Path).Add(_ => agreed with { At = clock.Now(), IsRestore = true });
        }

        return await verify.ExecuteAsync(cancellationToken);
    }
}
