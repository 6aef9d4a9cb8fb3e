using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Whether the matrix allows a request. The hub asks first, the holder asks again.</summary>
internal static class RowCheck
{
    /// <summary>The code of the refusal; null when a row allows it.</summary>
    public static string? Refusal(AuthorisationMatrix matrix, LinkageCore core, string requesterClass)
    {
        if (requesterClass is not ("portal" or "municipality" or "agency")) return HubRefusal.ClassNotEligible;
        if (matrix.Rows.SingleOrDefault(r => r.RowId == core.RowId) is not { } row) return HubRefusal.NoRow;
        if (row.RequesterClass != requesterClass || row.Holder != core.Holder || row.Basis != core.Basis) return HubRefusal.NoRow;
        if (core.MatrixVersion != matrix.Version) return HubRefusal.RowExpired;
        if (core.Items.Except(row.Items.Select(i => i.ItemId), StringComparer.Ordinal).Any()) return HubRefusal.ItemOutOfScope;
        return LevelOf(core) < row.MinimumLevel ? HubRefusal.LevelTooLow : null;
    }

    /// <summary>What the requester relies on. It may be less than the evidence can prove, never more.</summary>
    private static int LevelOf(LinkageCore core) => Math.Min(core.Level ?? int.MaxValue, LevelOf(core.Evidence));

    /// <summary>The most this evidence can prove; 0 for evidence nobody knows.</summary>
    private static int LevelOf(string evidence) => evidence.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "CARDWITHOUTPIN" => 1,
        "PASSKEY" => 2,
        "CARDPIN" => 3,
        _ => 0,
    };
}
