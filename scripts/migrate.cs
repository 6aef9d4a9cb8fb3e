#:property PublishAot=false
#:project Shared/Shared.csproj

// Writes a migration for all three engines, or asks each engine whether one is missing.
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/migrate.cs -- <Name>    writes the migration <Name> for every engine
    dotnet run scripts/migrate.cs -- --check   fails when the model has changes that no migration has
    """;

string[] engines = ["Sqlite", "SqlServer", "PostgreSql"];
var options = Options.Read(args, Usage, ["--check"], []);
var check = options.Has("--check");
if (check == (options.Words.Count == 1))
{
    Console.WriteLine(Usage);
    return 2;
}

if (!Run("tool", "restore", "-v", "q") || !Run("build", "src/MyPortal", "-v", "q", "-clp:ErrorsOnly", "-nodeReuse:false", "-p:UseSharedCompilation=false"))
{
    return 1;
}

var complete = true;
foreach (var engine in engines)
{
    string[] what = check
        ? ["has-pending-model-changes"]
        : ["add", options.Words[0], "--output-dir", $"Data/{engine}/Migrations"];
    Console.WriteLine(engine);
    complete &= Run(["ef", "migrations", .. what, "--project", "src/MyPortal", "--context", $"{engine}PortalDbContext", "--no-build"]);
}

if (!check)
{
    Tidy();
}

return complete ? 0 : 1;

bool Run(params string[] arguments) => Command.Run("dotnet", arguments, TimeSpan.FromMinutes(5)) == 0;

// The tool writes byte order marks and its own line breaks; the repository has neither.
void Tidy()
{
    foreach (var file in engines.SelectMany(engine => Directory.EnumerateFiles(Repository.At("src", "MyPortal", "Data", engine, "Migrations"), "*.cs")))
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        File.WriteAllText(file, text);
    }

    foreach (var engine in engines)
    {
        Run("format", "whitespace", $"src/MyPortal/Data/{engine}/Migrations", "--folder");
    }
}
