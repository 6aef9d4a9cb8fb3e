using System.Globalization;
using System.Text.RegularExpressions;

namespace MyPortal.Tests.Requirements;

/// <summary>A test and the need it proves.</summary>
/// <param name="Number">Of the need.</param>
/// <param name="Test">Name of the test or its class.</param>
/// <param name="File">Where it is.</param>
/// <param name="Missing">What the need asks for and nobody has built; null when the whole need is met.</param>
internal sealed record Proof(int Number, string Test, string File, string? Missing = null);

/// <summary>
/// docs/requirements.md: headings and lines <c>- n: need</c> are written by hand, the tests below each need are generated from the
/// <c>[Requirement(n)]</c> attributes in the test sources.
/// </summary>
internal static partial class RequirementsDocument
{
    private const string ProofMark = "  - proven: ";
    private const string MissingMark = "  - not built: ";
    private const string CountMark = "Proven by at least one test: ";

    public static IEnumerable<Proof> Proofs(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        from match in MarkedMember().Matches(file.Text)
        from number in Number().Matches(match.Groups["marks"].Value)
        select new Proof(int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture), match.Groups["name"].Value, file.Path, number.Groups["missing"] is { Success: true } missing ? missing.Value : null);

    public static IReadOnlyList<int> Needs(string document) =>
        [.. NeedLine().Matches(document).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];

    /// <summary>The document as it must read, given what its hand-written lines say now.</summary>
    public static string Write(string document, IEnumerable<Proof> proofs)
    {
        var byNumber = proofs.OrderBy(proof => proof.File, StringComparer.Ordinal).ThenBy(proof => proof.Test, StringComparer.Ordinal).ToLookup(proof => proof.Number);
        var needs = Needs(document);
        return string.Join('\n', document.Split('\n').Where(line => !IsGenerated(line)).SelectMany(Lines));

        IEnumerable<string> Lines(string line)
        {
            if (line.StartsWith(CountMark, StringComparison.Ordinal))
            {
                return [$"{CountMark}{needs.Count(need => byNumber.Contains(need) && byNumber[need].All(proof => proof.Missing is null))} of {needs.Count}."];
            }

            return NeedLine().Match(line) is { Success: true } need
                ? [line, .. Below(byNumber[int.Parse(need.Groups["number"].Value, CultureInfo.InvariantCulture)])]
                : [line];
        }
    }

    private static bool IsGenerated(string line) => line.StartsWith(ProofMark, StringComparison.Ordinal) || line.StartsWith(MissingMark, StringComparison.Ordinal);

    private static IEnumerable<string> Below(IEnumerable<Proof> proofs) =>
        [.. proofs.Select(proof => $"{ProofMark}{proof.Test} ({proof.File})"), .. proofs.Select(proof => proof.Missing).OfType<string>().Distinct(StringComparer.Ordinal).Select(missing => MissingMark + missing)];

    [GeneratedRegex(@"^- (?<number>\d+): ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NeedLine();

    // Attributes in any order above a method or class; the marks are what stands between the first of ours and the name.
    [GeneratedRegex(@"(?<marks>\[[^\n]*\bRequirement\(\d+[,)][^\n]*\]\s*\n(?:\s*\[[^\n]*\]\s*\n)*)\s*public\s+(?:(?:static|async|sealed|partial)\s+)*(?:class\s+(?<name>\w+)|[\w<>.\[\]?]+\s+(?<name>\w+)\s*\()", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MarkedMember();

    [GeneratedRegex(@"\bRequirement\((?<number>\d+)(?:, InPart = ""(?<missing>[^""]+)"")?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
