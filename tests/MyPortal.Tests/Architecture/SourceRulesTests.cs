using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Architecture;

public sealed class SourceRulesTests
{
    [Fact]
    public void Processes_reference_only_the_contracts() =>
        SourceRules.ProjectReferences(RepositoryFiles.Below(["src"], ".csproj")).ShouldBeEmpty(
            "the sandbox can be swapped for the real world only while nobody knows more of it than the contracts");

    [Theory]
    [InlineData("src/MyPortal.Contracts/MyPortal.Contracts.csproj", "../MyPortal.CardAgent/MyPortal.CardAgent.csproj")]
    [InlineData("src/MyPortal/MyPortal.csproj", "../MyPortal.Sandbox/MyPortal.Sandbox.csproj")]
    public void A_planted_reference_is_found(string project, string target) =>
        SourceRules.ProjectReferences([(project, $"<Project><ItemGroup><ProjectReference Include=\"{target}\" /></ItemGroup></Project>")])
            .ShouldBe([new Violation(project, $"references {target}")]);

    [Fact]
    public void Namespaces_are_folders() =>
        SourceRules.Namespaces(RepositoryFiles.Below(["src", "tests", "bench"], ".cs", ".razor")
                .Where(file => !file.Path.StartsWith("tests/Shared/", StringComparison.Ordinal)))
            .ShouldBeEmpty("who knows the name of a type must know where it lies");

    [Fact]
    public void A_planted_namespace_is_found() =>
        SourceRules.Namespaces([("src/MyPortal/Data/Rows.cs", "using System;\n\nnamespace MyPortal.Rows;\n")]).ShouldHaveSingleItem();

    [Fact]
    public void Files_are_short() =>
        SourceRules.Lengths(RepositoryFiles.Below(["src", "tests", "bench", "scripts"], ".cs", ".razor")).ShouldBeEmpty("a file tells one story");

    [Fact]
    public void A_planted_long_file_is_found() =>
        SourceRules.Lengths([("src/MyPortal/Long.cs", new string('\n', SourceRules.LongestFile + 1)), ("src/MyPortal/Short.cs", new string('\n', SourceRules.LongestFile))])
            .ShouldHaveSingleItem().Culprit.ShouldBe("src/MyPortal/Long.cs");

    [Fact]
    public void Tests_wait_generously_and_in_one_way() =>
        SourceRules.ImpatientWaits(RepositoryFiles.Below(["tests"], ".cs").Where(file => !file.Path.EndsWith("/SourceRulesTests.cs", StringComparison.Ordinal)))
            .ShouldBeEmpty("Wait in tests/Shared waits so long that only a failure is slow");

    [Theory]
    [InlineData("for (var clock = Stopwatch.StartNew(); !done; await Task.Delay(20))"), InlineData("await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));")]
    [InlineData("await Expect(page).ToBeVisibleAsync(new() { Timeout = 1000 });")]
    public void A_planted_impatient_wait_is_found(string line) => SourceRules.ImpatientWaits([("tests/MyPortal.Tests/XTests.cs", line)]).ShouldHaveSingleItem();

    [Fact]
    public void Expressions_are_anchored_to_the_whole_text() =>
        SourceRules.Anchors(RepositoryFiles.Below(["src", "scripts"], ".cs", ".razor")).ShouldBeEmpty("a line feed at the end of a checked text would pass the check");

    [Theory]
    [InlineData("""[GeneratedRegex("^[a-z]+$", RegexOptions.NonBacktracking)]""", true)]
    [InlineData("""[GeneratedRegex(@"^[a-z]+\z")]""", true)]
    [InlineData("""[GeneratedRegex(@"\A[a-z]+$", RegexOptions.None, 1000)]""", true)]
    [InlineData("""routes.MapGet("/t/{ticket:regex(^[a-z]$)}", Read);""", true)]
    [InlineData("""if (Regex.IsMatch(text, "[a-z]$"))""", true)]
    [InlineData("""[GeneratedRegex(@"\A[^a-z$]+\z")]""", true)]
    [InlineData("""[GeneratedRegex(@"\A[^a-z]\$\^+\z")]""", false)]
    [InlineData("""[GeneratedRegex("<[^>]*>", Tolerant)]""", false)]
    [InlineData("""var address = $"^{text}$";""", false)]
    public void A_planted_loose_anchor_is_found(string line, bool isFound) => SourceRules.Anchors([("src/MyPortal/Word.cs", line)]).Any().ShouldBe(isFound);

    [Theory]
    [MemberData(nameof(ProductAssemblies))]
    public void Methods_are_short(string assembly) =>
        MethodLengths.LongIn(Path.Combine(AppContext.BaseDirectory, assembly)).ShouldBeEmpty("a method fits on one screen");

    [Fact]
    public void A_planted_long_method_is_found() =>
        MethodLengths.LongIn(typeof(SourceRulesTests).Assembly.Location).Select(violation => violation.Culprit)
            .ShouldContain(name => name.EndsWith("LongMethod.cs Planted", StringComparison.Ordinal));

    public static TheoryData<string> ProductAssemblies => ["MyPortal.dll", "MyPortal.Contracts.dll", "MyPortal.Sandbox.dll", "MyPortal.CardAgent.dll"];
}
