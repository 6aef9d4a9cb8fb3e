#:property PublishAot=false
#:project Shared/Shared.csproj

// Publishes the portal and what it is compared with, runs the workloads and writes docs/benchmarks.md. Takes about five minutes, stays on this machine.
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/bench.cs                     measures everything and writes docs/benchmarks.md
    dotnet run scripts/bench.cs B4 B10              measures only these and prints what it found; the report stays as it is
    dotnet run scripts/bench.cs -- --report <file>  writes there instead, also after a partial run

    B4   posting notices            B10  consent check, stopping all consents
    B5   inbox and page of a notice B11  cold start
    B6   questions through the hub  card signature of a card
    """;

string[] limits = ["PerIpv4Address", "PerIpv6Block", "PerSession", "PerSender"];
string[] workloads = ["B11", "card", "B4", "B5", "B6", "B10"];
var options = Options.Read(args, Usage, [], ["--report"]);
if (options.Words.Except(workloads, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
{
    Console.WriteLine($"{string.Join(", ", unknown)}: not a workload.\n{Usage}");
    return 2;
}

IReadOnlyList<string> chosen = options.Words is [] ? workloads : options.Words;
var report = options["--report"] is { } file ? Path.GetFullPath(file) : options.Words is [] ? Repository.At("docs", "benchmarks.md") : "-";
var work = Directory.CreateTempSubdirectory("myportal-bench-");
try
{
    if (!Publish("src/MyPortal") || !Publish("src/MyPortal.Sandbox") || !Publish("bench/EmptyBlazor") || !Publish("bench/MyPortal.Benchmarks"))
    {
        return 1;
    }

    // The sandbox gives the portal its trust bundle, and stays: the hub and the holders of B6 are its.
    var trustBundle = Path.Combine(work.FullName, "trust-bundle");
    const int PortBase = 17080;
    using var sandbox = Service.Start("sandbox", Published("MyPortal.Sandbox"), Path.Combine(work.FullName, "logs", "sandbox.log"),
        [$"--Sandbox:Data={Path.Combine(work.FullName, "sandbox")}", $"--Sandbox:TrustBundle={trustBundle}", $"--Sandbox:PortBase={PortBase}", $"--Sandbox:Portal=http://localhost:{PortBase}", $"--Sandbox:Agent=http://127.0.0.1:{PortBase + 1}", $"--Sandbox:CardListener=127.0.0.1:{PortBase + 3}"],
        environment: "Production");
    try
    {
        await sandbox.Answers($"http://127.0.0.1:{PortBase + 20}/health/live", CancellationToken.None);
        return Command.Run("dotnet",
        [
            Published("MyPortal.Benchmarks"), report, string.Join(',', chosen), Published("MyPortal"), Published("EmptyBlazor"), work.FullName, trustBundle,
            "--Deployment:Mode=Sandbox", $"--TrustBundle={Path.Combine(trustBundle, "portal.json")}", $"--Data:Folder={Path.Combine(work.FullName, "portal")}", $"--Portal:Origin=http://localhost:{PortBase}",
            // One machine, one sender and few sessions send more than all visitors of a town.
            .. limits.Select(limit => $"--RateLimits:{limit}=100000000"),
        ], TimeSpan.FromMinutes(10));
    }
    finally
    {
        await sandbox.Stop();
    }
}
catch (StartException trouble)
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
