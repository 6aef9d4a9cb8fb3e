using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MyPortal.Tests.Architecture;

/// <summary>The rules of docs/architecture.md that are read from source files and project files.</summary>
internal static partial class SourceRules
{
    public const int LongestFile = 300;

    private const string Contracts = "MyPortal.Contracts";

    /// <summary>Projects below src may reference the contracts; the contracts reference nothing.</summary>
    public static IEnumerable<Violation> ProjectReferences(IEnumerable<(string Path, string Text)> projects) =>
        from project in projects
        let name = Path.GetFileNameWithoutExtension(project.Path)
        from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
        let target = reference.Attribute("Include")!.Value.Replace('\\', '/')
        let isAllowed = Path.GetFileNameWithoutExtension(target) is Contracts
        where name is Contracts || !isAllowed
        select new Violation(project.Path, $"references {target}");

    /// <summary>The namespace of <c>src/MyPortal/Features/Notices/Notice.cs</c> is <c>MyPortal.Features.Notices</c>.</summary>
    public static IEnumerable<Violation> Namespaces(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        let expected = string.Join('.', Path.GetDirectoryName(file.Path)!.Split('/').Skip(1))
        from declared in NamespaceLine().Matches(file.Text).Select(match => match.Groups["name"].Value)
        where declared != expected
        select new Violation(file.Path, $"declares {declared}, its folder is {expected}");

    public static IEnumerable<Violation> Lengths(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        let lines = file.Text.AsSpan().Count('\n')
        where lines > LongestFile
        select new Violation(file.Path, $"has {lines} lines, more than {LongestFile}");

    /// <summary>Tests give up waiting in one place: a stopwatch in a loop or a short limit fails a whole run on a busy machine.</summary>
    public static IEnumerable<Violation> ImpatientWaits(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        where file.Path is not "tests/Shared/Wait.cs"
        from match in ImpatientWait().Matches(file.Text)
        select new Violation(file.Path, match.Value.Trim());

    [GeneratedRegex(@"for \([^;]*Stopwatch\.StartNew|WaitAsync\(TimeSpan\.|new\(\) \{ Timeout = |CancelAfter\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImpatientWait();

    /// <summary>
    /// In .NET <c>$</c> also matches before a line feed at the end, and <c>^</c> means another thing with another option: a whole text
    /// is checked with <c>\A…\z</c>.
    /// </summary>
    public static IEnumerable<Violation> Anchors(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        from line in file.Text.Split('\n')
        let pattern = Pattern().Match(line)
        where pattern.Success && LooseAnchor().IsMatch(pattern.Groups["text"].Value)
        select new Violation(file.Path, $"anchors with ^ or $: {line.Trim()}");

    // From the place of an expression to the end of its line: an attribute, a call, or a constraint of a route.
    [GeneratedRegex(@"(GeneratedRegex\(|\bRegex\(|\bRegex\.\w+\(|:regex\()(?<text>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    // Neither escaped nor the first character of a class, nor the sign before an interpolated string.
    [GeneratedRegex(@"(?<![\[\\])\^|(?<!\\|\A|[\s,])\$|(?<!\\)\$(?!"")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooseAnchor();

    [GeneratedRegex(@"^@?namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine();
}
