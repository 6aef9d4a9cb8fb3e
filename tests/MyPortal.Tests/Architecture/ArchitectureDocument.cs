using System.Text.RegularExpressions;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Architecture;

/// <summary>
/// What docs/architecture.md claims. In its list of arrows a star stands for any room: <c>* -> Kernel</c>. A room table row begins
/// with the room's name in code marks.
/// </summary>
internal sealed partial class ArchitectureDocument
{
    private readonly List<(string From, string To)> arrows = [];

    private ArchitectureDocument()
    {
    }

    public List<string> Rooms { get; } = [];

    public static ArchitectureDocument Read() => Parse(File.ReadLines(RepositoryFiles.At("docs", "architecture.md")));

    public static ArchitectureDocument Parse(IEnumerable<string> lines)
    {
        var document = new ArchitectureDocument();
        var section = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
            else if (section is "Arrows" && ArrowLine().Match(line) is { Success: true } arrow)
            {
                document.arrows.Add((arrow.Groups["from"].Value, arrow.Groups["to"].Value));
            }
            else if (section is "Rooms" && RoomRow().Match(line) is { Success: true } row)
            {
                document.Rooms.Add(row.Groups["room"].Value);
            }
        }

        return document;
    }

    /// <summary>Arrows of the code that no line allows, and lines that no arrow of the code needs.</summary>
    public (IReadOnlyList<Arrow> Missing, IReadOnlyList<string> Vanished) Compare(IReadOnlyCollection<Arrow> found) => (
        [.. found.Where(arrow => !arrows.Exists(line => Allows(line, arrow))).OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)],
        [.. arrows.Where(line => !found.Any(arrow => Allows(line, arrow))).Select(line => $"{line.From} -> {line.To}")]);

    private static bool Allows((string From, string To) line, Arrow arrow) =>
        (line.From is "*" || line.From == arrow.From) && (line.To is "*" || line.To == arrow.To);

    [GeneratedRegex(@"^(- )?(?<from>\*|[\w.]+) -> (?<to>\*|[\w.]+): \S", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArrowLine();

    [GeneratedRegex(@"^\| `(?<room>[\w.]+)` \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoomRow();
}
