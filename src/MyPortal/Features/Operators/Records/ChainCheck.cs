using System.Globalization;
using MyPortal.Audit;

namespace MyPortal.Features.Operators.Records;

/// <summary>A check of the chain, as its record tells it.</summary>
/// <param name="At">When.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Place">From which record on, where the finding has a place.</param>
internal sealed record ChainCheck(DateTimeOffset At, AuditFinding Finding, long? Place)
{
    // Records stay, so the words do, too.
    private static readonly Dictionary<string, AuditFinding> Findings = new(StringComparer.Ordinal)
    {
        [AuditTrail.Ok] = AuditFinding.Intact,
        ["audit.chain-bad"] = AuditFinding.Broken,
        ["audit.chain-rewritten"] = AuditFinding.Rewritten,
        ["audit.end-missing"] = AuditFinding.EndMissing,
        ["audit.other-key"] = AuditFinding.OtherKey,
        ["audit.no-records"] = AuditFinding.Empty,
        ["audit.no-anchor"] = AuditFinding.NoAnchor,
    };

    public bool IsGood => Finding is AuditFinding.Intact;

    /// <summary>The outcome under which a verdict is recorded: its word and, behind a colon, the place or the number of records.</summary>
    public static string OutcomeOf(AuditVerdict verdict)
    {
        var word = Findings.Single(known => known.Value == verdict.Finding).Key;
        return string.Create(CultureInfo.InvariantCulture, $"{word}:{verdict.FirstBad ?? verdict.Checked}");
    }

    public static ChainCheck Of(AccessRecord record)
    {
        var parts = record.Outcome.Split(':');
        var finding = Findings.GetValueOrDefault(parts[0], AuditFinding.Broken);
        return new ChainCheck(record.At, finding, parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null);
    }
}
