#:property PublishAot=false
#:project Shared/Shared.csproj

// Builds everything once and runs every test. The last line is always "N passed, N failed, N skipped".
using System.Diagnostics;
using System.Xml.Linq;
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/test.cs -- [options]
      --project <name>       only test projects whose name contains this
      --filter <expression>  only tests that match, as in dotnet test --filter
      --no-journeys          without the browser journeys
      --no-install           install no Debian package
      --write-requirements   write docs/requirements.md anew and stop
      --write-screenshots    take the pictures of the README anew and stop
    """;

var options = Options.Read(args, Usage, ["--no-journeys", "--no-install", "--write-requirements", "--write-screenshots"], ["--project", "--filter"]);
var tally = new Tally();
var clock = Stopwatch.StartNew();

if (!options.Has("--no-install"))
{
    DebianPackages.Install();
}

// Some tests compare a kept file with what the product says now; told so, they keep that instead.
var (project, filter, keeps) = (options.Has("--write-requirements"), options.Has("--write-screenshots")) switch
{
    (true, _) => ("MyPortal.Tests", "FullyQualifiedName~RequirementsDocumentTests", "MYPORTAL_WRITE_REQUIREMENTS"),
    (_, true) => ("MyPortal.JourneyTests", "FullyQualifiedName~ScreenshotsJourney", "MYPORTAL_WRITE_SCREENSHOTS"),
    _ => (options["--project"], options["--filter"], null),
};
if (keeps is not null)
{
    Environment.SetEnvironmentVariable(keeps, "1");
}

string[] oneByOne = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];

var ready =
    Step("Restore", ["restore", "MyPortal.sln", "--locked-mode", "-v", "q", .. oneByOne])
    && Step("Format", ["format", "whitespace", ".", "--folder", "--verify-no-changes", "--exclude", "**/bin/**", "**/obj/**"])
    && Step("Build", ["build", "MyPortal.sln", "--no-restore", "-v", "q", "-clp:ErrorsOnly", .. oneByOne]);
if (ready)
{
    foreach (var file in TestProjects())
    {
        Test(file);
    }
}

tally.Print();
return tally.Failed > 0 ? 1 : 0;

IEnumerable<string> TestProjects() =>
    Directory.EnumerateFiles(Repository.At("tests"), "*Tests.csproj", SearchOption.AllDirectories)
        .Where(file => project is null || Path.GetFileNameWithoutExtension(file).Contains(project, StringComparison.OrdinalIgnoreCase))
        .Where(file => !(options.Has("--no-journeys") && file.Contains("JourneyTests", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

bool Step(string name, string[] arguments)
{
    Say(name);
    var code = Command.Run("dotnet", arguments, TimeSpan.FromMinutes(15));
    if (code != 0)
    {
        tally.Fail(name, $"dotnet {string.Join(' ', arguments)} ended with {code}; what it said stands above.");
    }

    return code == 0;
}

void Test(string file)
{
    var name = Path.GetFileNameWithoutExtension(file);
    Say(name);
    var results = Directory.CreateTempSubdirectory("myportal-results-");
    try
    {
        string[] only = filter is null ? [] : ["--filter", filter];
        var (code, output) = Command.Capture(
            "dotnet",
            [
                "test", file, "--no-build", "--nologo", "--logger", "trx;LogFileName=results.trx", "--results-directory", results.FullName,
                "--blame-hang", "--blame-hang-timeout", "12m", "--blame-hang-dump-type", "none", .. only,
            ],
            TimeSpan.FromMinutes(30));
        tally.Add(name, Path.Combine(results.FullName, "results.trx"), code, output, mayBeEmpty: filter is not null);
    }
    finally
    {
        results.Delete(recursive: true);
    }
}

void Say(string what) => Console.WriteLine($"[{clock.Elapsed:mm\\:ss}] {what}");

internal sealed class Tally
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private readonly List<string> failures = [];
    private readonly List<string> skips = [];
    private int passed;

    public int Failed => failures.Count;

    public void Fail(string what, string why) => failures.Add($"{what}\n{Indent(why)}");

    /// <summary>Counts one project's results; a run that broke off or held no test is a failure.</summary>
    public void Add(string project, string file, int exitCode, string output, bool mayBeEmpty)
    {
        var tests = File.Exists(file) ? [.. XDocument.Load(file).Descendants(Trx + "UnitTestResult")] : Array.Empty<XElement>();
        var failedBefore = Failed;
        foreach (var test in tests)
        {
            Add(test);
        }

        var brokeOff = exitCode != 0 && Failed == failedBefore;
        var isEmpty = tests.Length == 0 && !mayBeEmpty;
        if (brokeOff || isEmpty)
        {
            Fail(project, $"{(isEmpty ? "No test ran" : "The run broke off")} (exit code {exitCode}).\n{Tail(output)}");
        }

        Console.WriteLine($"        {tests.Length} tests, {Failed - failedBefore} failed");
    }

    /// <summary>Skips with their reasons, failures, and the one line that programs read.</summary>
    public void Print()
    {
        foreach (var skip in skips.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"Skipped: {skip}");
        }

        foreach (var failure in failures)
        {
            Console.WriteLine($"\nFAILED: {failure}");
        }

        Console.WriteLine();
        Console.WriteLine($"{passed} passed, {Failed} failed, {skips.Count} skipped");
    }

    private void Add(XElement test)
    {
        var name = test.Attribute("testName")!.Value;
        switch (test.Attribute("outcome")!.Value)
        {
            case "Passed":
                passed++;
                break;
            case "NotExecuted":
                skips.Add($"{name}: {Message(test)}");
                break;
            default:
                Fail(name, $"{Message(test)}\n{test.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value}".TrimEnd());
                break;
        }
    }

    private static string Message(XElement test) =>
        (test.Descendants(Trx + "Message").FirstOrDefault() ?? test.Descendants(Trx + "StdOut").FirstOrDefault())?.Value.Trim() ?? "no reason given";

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(40));

    private static string Indent(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal);
}
