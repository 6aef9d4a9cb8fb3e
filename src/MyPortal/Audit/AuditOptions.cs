using MyPortal.Data;

namespace MyPortal.Audit;

/// <summary>Section <c>Audit</c>: where the ends of the chain are kept outside the database.</summary>
internal sealed record AuditOptions
{
    public const string Section = "Audit";

    /// <summary>The file to which this process adds anchors; <c>audit.anchors</c> in the data folder when left out. A relative path counts from the program's folder.</summary>
    public string? AnchorFile { get; init; }

    /// <summary>Further anchor files against which the chain is checked: those of other nodes, and copies that were taken elsewhere.</summary>
    public IReadOnlyList<string> FurtherAnchors { get; init; } = [];

    public static AuditOptions From(IConfiguration configuration, DataOptions data)
    {
        var read = configuration.GetSection(Section).Get<AuditOptions>() ?? new AuditOptions();
        return new AuditOptions
        {
            AnchorFile = Path.GetFullPath(read.AnchorFile ?? Path.Combine(data.AbsoluteFolder, "audit.anchors"), AppContext.BaseDirectory),
            FurtherAnchors = [.. read.FurtherAnchors.Select(file => Path.GetFullPath(file, AppContext.BaseDirectory))],
        };
    }
}
