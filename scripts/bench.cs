#:property PublishAot=false
#:project Shared/Shared.csproj

// Publishes the portal and an empty Blazor app, measures both, posts notices under load, and writes docs/benchmarks.md. Takes about five minutes, stays on this machine.
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/bench.cs                     measures and writes docs/benchmarks.md
    dotnet run scripts/bench.cs -- --report <file>  writes there instead
    """;

var options = Options.Read(args, Usage, [], ["--report"]);
var work = Directory.CreateTempSubdirectory("myportal-bench-");
try
{
    if (!Publish("src/MyPortal") || !Publish("src/MyPortal.Sandbox") || !Publish("bench/EmptyBlazor") || !Publish("bench/MyPortal.Benchmarks"))
    {
        return 1;
    }

    // The sandbox runs only until it has written what the portal needs to know of it.
    var handout = Path.Combine(work.FullName, "handout");
    const int PortBase = 17080;
    using (var sandbox = Service.Start("sandbox", Published("MyPortal.Sandbox"), Path.Combine(work.FullName, "logs", "sandbox.log"),
        [$"--Sandbox:Data={Path.Combine(work.FullName, "sandbox")}", $"--Sandbox:Handout={handout}", $"--Sandbox:PortBase={PortBase}", $"--Sandbox:Portal=http://localhost:{PortBase}", $"--Sandbox:Agent=http://127.0.0.1:{PortBase + 1}", $"--Sandbox:CardListener=127.0.0.1:{PortBase + 3}"]))
    {
        try
        {
            await sandbox.Answers($"http://127.0.0.1:{PortBase + 20}/health/live", CancellationToken.None);
        }
        finally
        {
            await sandbox.Stop();
        }
    }

    return Command.Run("dotnet",
    [
        Published("MyPortal.Benchmarks"), options["--report"] ?? Repository.At("docs", "benchmarks.md"), Published("MyPortal"), Published("EmptyBlazor"), work.FullName,
        "--World=Sandbox", $"--Handout={Path.Combine(handout, "portal.json")}", $"--Data:Folder={Path.Combine(work.FullName, "portal")}", $"--Portal:Origin=http://localhost:{PortBase}",
    ], TimeSpan.FromMinutes(10));
}
catch (Trouble trouble)
{
    Console.WriteLine(trouble.Message);
    return 1;
}
finally
{
    work.Delete(recursive: true);
}

bool Publish(string project)
{
    Console.WriteLine($"Publishing {project}");
    return Command.Run("dotnet", ["publish", project, "-c", "Release", "-o", Path.Combine(work.FullName, Path.GetFileName(project)), "-v", "q", "-clp:ErrorsOnly", "-nodeReuse:false", "-p:UseSharedCompilation=false"]) == 0;
}

string Published(string project) => Path.Combine(work.FullName, project, project + ".dll");
