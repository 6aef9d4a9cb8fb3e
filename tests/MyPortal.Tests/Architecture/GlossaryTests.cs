using System.Reflection;
using System.Text.RegularExpressions;
using MyPortal.Contracts;
using MyPortal.Data;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Architecture;

public sealed partial class GlossaryTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> Names = NamesIn(
        typeof(PortalDbContext).Assembly,
        typeof(ContractJson).Assembly,
        Assembly.Load("MyPortal.Sandbox"),
        Assembly.Load("MyPortal.CardAgent"));

    [Fact]
    public void Every_identifier_of_the_glossary_exists() =>
        Identifiers(File.ReadLines(RepositoryFiles.At("docs", "glossary.md"))).Where(name => !Names.Contains(name)).ShouldBeEmpty(
            "a glossary that names what is not there sends readers astray; rename or remove the line");

    [Fact]
    public void The_glossary_is_not_empty() =>
        Identifiers(File.ReadLines(RepositoryFiles.At("docs", "glossary.md"))).Count().ShouldBeGreaterThan(20);

    [Fact]
    public void A_planted_identifier_is_found() =>
        Identifiers(["| 受信箱 | じゅしんばこ | mailbox | `PostHelper`, `PortalDbContext.OnModelCreating` | - |"])
            .Where(name => !Names.Contains(name)).ShouldBe(["PostHelper"]);

    /// <summary>The fourth column holds types or Type.Member, in code marks.</summary>
    private static IEnumerable<string> Identifiers(IEnumerable<string> lines) =>
        from line in lines
        let cells = line.Split('|')
        where cells.Length > 5
        from mark in CodeMark().Matches(cells[4])
        select mark.Groups["name"].Value;

    private static HashSet<string> NamesIn(params Assembly[] assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMembers(Everything).Select(member => $"{Plain(type)}.{member.Name}").Append(Plain(type)))
            .ToHashSet(StringComparer.Ordinal);

    private static string Plain(Type type) => type.Name.Split('`')[0];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeMark();
}
