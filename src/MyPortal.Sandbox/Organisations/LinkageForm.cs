using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>A request that has the right form. Nothing about it is allowed or proven yet.</summary>
/// <param name="Request">As it came.</param>
/// <param name="Core">What its core says.</param>
internal sealed record LinkageForm(LinkageRequest Request, LinkageCore Core)
{
    private const int LongestCore = 16 * 1024;
    private const int MostItems = 64;
    private const int HighestLevel = 4;

    /// <summary>What the requester signs.</summary>
    public static byte[] SignedBytes(byte[] core) => [.. LengthPrefixed.Of("MYP-HUB/1 core"), .. LengthPrefixed.Of(core)];

    public static LinkageForm? Read(byte[] body)
    {
        if (HubJson.ReadOrNull<LinkageRequest>(body) is not { Core.Length: > 0 and <= LongestCore } request) return null;
        return HubJson.ReadOrNull<LinkageCore>(request.Core) is { } core && IsWellFormed(core) ? new LinkageForm(request, core) : null;
    }

    private static bool IsWellFormed(LinkageCore core)
    {
        using var ephemeral = EllipticKey.ReadOrNull(core.EphemeralKey);
        return ephemeral is not null
            && core.Type is LinkageCore.CurrentType
            && core.Algorithm is SealedAnswer.CurrentAlgorithm
            && core.RequestId.Version is 4
            && core.Items.Count is > 0 and <= MostItems
            && core.Items.Distinct(StringComparer.Ordinal).Count() == core.Items.Count
            && core.Level is null or (>= 1 and <= HighestLevel)
            && core.IssuedAt < core.Deadline;
    }
}
