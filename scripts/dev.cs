#:property PublishAot=false
#:project Shared/Shared.csproj
#:project ../src/MyPortal.Contracts/MyPortal.Contracts.csproj

// Runs the portal with all it needs: sandbox, card agent, portal. Ctrl+C stops everything.
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/dev.cs -- [options]
      --fresh              forget the data of earlier runs
      --data <folder>      where data and logs go (default: data in the repository)
      --port-base <n>      first port; n+1, n+3, n+20 to n+22, n+28, n+30 to n+33, n+40 and n+41 are used, too (default: 5080)
      --ready-file <file>  write addresses, test cards and senders as JSON there, once everything answers
      --exit-with-stdin    stop when standard input closes, for programs that start this one
    """;

var options = Options.Read(args, Usage, ["--fresh", "--exit-with-stdin"], ["--data", "--port-base", "--ready-file"]);
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
if (options.Has("--exit-with-stdin"))
{
    _ = Console.OpenStandardInput().CopyToAsync(Stream.Null).ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
}

await using var house = new DevelopmentHost(
    PortBase(options["--port-base"] ?? "5080"),
    Path.GetFullPath(options["--data"] ?? Repository.At("data")),
    options["--ready-file"] is { } file ? Path.GetFullPath(file) : null);
try
{
    house.Prepare(options.Has("--fresh"));
    await house.Open(stop.Token);
    await house.StayOpen(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (StartException trouble)
{
    Console.WriteLine(trouble.Message);
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

static int PortBase(string text)
{
    if (int.TryParse(text, out var port) && port is >= 1024 and <= 65_500)
    {
        return port;
    }

    Console.WriteLine($"--port-base must be a number from 1024 to 65500, not {text}.");
    Environment.Exit(2);
    return 0;
}

/// <summary>The three processes and their folders.</summary>
internal sealed class DevelopmentHost(int portBase, string data, string? readyFile) : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly List<Service> services = [];
    private readonly string portal = $"http://localhost:{portBase}";
    private readonly string agent = $"http://127.0.0.1:{portBase + 1}";
    private readonly string control = $"http://127.0.0.1:{portBase + 20}";
    private readonly string trustBundle = Path.Combine(data, "sandbox", "trust-bundle", "portal");

    /// <summary>Everything that can be known to go wrong is said before anything starts.</summary>
    public void Prepare(bool fresh)
    {
        foreach (var offset in (int[])[0, 1, 3, 20, 21, 22, 28, 30, 31, 32, 33, 40, 41])
        {
            if (!Ports.IsFree(portBase + offset))
            {
                throw new StartException($"Port {portBase + offset} is taken; choose another range with --port-base, for example --port-base {portBase + 1000}.");
            }
        }

        if (Libraries.Missing().ToArray() is { Length: > 0 } missing)
        {
            throw new StartException(string.Join('\n', missing));
        }

        // Whoever waits for the file must not find the one of an earlier run.
        RemoveReadyFile();

        foreach (var folder in (string[])["portal", "sandbox", "agent", "logs"])
        {
            var path = Path.Combine(data, folder);
            if (fresh && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }

        FormerFolder.Move(Path.Combine(data, "sandbox", "handout"), Path.Combine(data, "sandbox", "trust-bundle"));
    }

    public async Task Open(CancellationToken cancellationToken)
    {
        Console.WriteLine("Building");
        var (code, output) = Command.Capture("dotnet", ["build", "build/Product.slnf", "-v", "q", "-clp:ErrorsOnly", "-nodeReuse:false", "-p:UseSharedCompilation=false"]);
        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0)
        {
            throw new StartException($"{output}\nThe build failed.");
        }

        await Start("sandbox", "MyPortal.Sandbox", SandboxArguments(), control, cancellationToken);
        await Start("agent", "MyPortal.CardAgent", AgentArguments(), agent, cancellationToken);
        await Start("portal", "MyPortal", [.. PortalArguments(), $"--urls={portal}"], portal, cancellationToken);

        var scenario = await ScenarioIsSeeded(cancellationToken);
        if (readyFile is not null)
        {
            WriteReadyFile(readyFile, scenario);
        }

        Welcome(scenario);
    }

    /// <summary>Waits for the person to stop; a process that ends by itself is trouble.</summary>
    public async Task StayOpen(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            ThrowIfSomebodyLeft();
        }
    }

    /// <summary>Stops in the opposite order of starting, so that nobody misses the party it talks to.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(services))
        {
            await service.Stop();
            service.Dispose();
        }

        RemoveReadyFile();
    }

    private void ThrowIfSomebodyLeft()
    {
        if (services.Find(service => service.HasExited) is { } gone)
        {
            throw new StartException($"The {gone.Name} ended by itself; its log says why: {Log(gone.Name)}");
        }
    }

    private async Task Start(string name, string project, string[] arguments, string address, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Starting the {name}");
        var service = Service.Start(name, Repository.Assembly(project), Log(name), arguments);
        services.Add(service);
        await service.Answers($"{address}/health/live", cancellationToken);
    }

    private string[] SandboxArguments() =>
    [
        $"--Sandbox:Data={Path.Combine(data, "sandbox")}",
        $"--Sandbox:TrustBundle={trustBundle}",
        $"--Sandbox:PortBase={portBase}",
        $"--Sandbox:Portal={portal}",
        $"--Sandbox:Agent={agent}",
        $"--Sandbox:CardListener=127.0.0.1:{portBase + 3}",
        .. ((string[])["dotnet", Repository.Assembly("MyPortal"), "register-sandbox-senders", .. PortalArguments()])
            .Select((word, index) => $"--Seeding:RegisterCommand:{index}={word}"),
        .. ((string[])["dotnet", Repository.Assembly("MyPortal"), "appoint-operator", .. PortalArguments()])
            .Select((word, index) => $"--Seeding:AppointCommand:{index}={word}"),
    ];

    private string[] AgentArguments() =>
    [
        $"--Agent:Port={portBase + 1}",
        $"--Agent:CardPort={portBase + 3}",
        $"--Agent:Data={Path.Combine(data, "agent")}",
        $"--Agent:Origins:0={portal}",
    ];

    private string[] PortalArguments() =>
    [
        "--Deployment:Mode=Sandbox",
        $"--TrustBundle={Path.Combine(trustBundle, "portal.json")}",
        $"--Data:Folder={Path.Combine(data, "portal")}",
        $"--Portal:Origin={portal}",
        $"--CardAgent:Address={agent}",
    ];

    private string Log(string name) => Path.Combine(data, "logs", $"{name}.log");

    private async Task<Scenario> ScenarioIsSeeded(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (var told = 0; ; await Task.Delay(200, cancellationToken))
        {
            ThrowIfSomebodyLeft();
            var progress = await Progress(http, cancellationToken);
            foreach (var step in progress.Steps.Skip(told))
            {
                Console.WriteLine($"  {step}");
            }

            told = progress.Steps.Count;
            if (progress is { State: ScenarioState.Ready, Scenario: { } scenario })
            {
                return scenario;
            }

            if (progress.State is ScenarioState.Failed)
            {
                throw new StartException($"The sandbox could not be made: {progress.Trouble}\nThe logs are in {Path.Combine(data, "logs")}");
            }
        }
    }

    private async Task<ScenarioProgress> Progress(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetFromJsonAsync<ScenarioProgress>($"{control}/control/world", ContractJson.Options, cancellationToken))!;
        }
        catch (HttpRequestException silence)
        {
            throw new StartException($"The sandbox does not tell how far seeding is ({silence.Message}); its log may say why: {Log("sandbox")}");
        }
    }

    /// <summary>The file holds private keys and PINs of the sandbox: only its owner may read it, and nobody sees half of it.</summary>
    private static void WriteReadyFile(string file, Scenario scenario)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var half = file + ".half";
        File.Delete(half);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(half, options))
        {
            JsonSerializer.Serialize(stream, scenario, ContractJson.Options);
        }

        File.Move(half, file, overwrite: true);
    }

    private void RemoveReadyFile()
    {
        if (File.Exists(readyFile))
        {
            File.Delete(readyFile);
        }
    }

    private void Welcome(Scenario scenario)
    {
        Console.WriteLine($"""

            マイ・ポータル   {portal}
            its console     {portal}/admin
            card agent      {agent}
            senders' sites  {string.Join("  ", scenario.Businesses.Select(business => business.Site))}
            sandbox         {control}
            logs            {Path.Combine(data, "logs")}

            Test cards
            """);
        var width = scenario.Cards.Count == 0 ? 4 : scenario.Cards.Max(card => card.Id.Length);
        Console.WriteLine($"  {"card".PadRight(width)}  PIN   password          situation");
        foreach (var card in scenario.Cards)
        {
            Console.WriteLine($"  {card.Id.PadRight(width)}  {card.Pin,-4}  {card.SignaturePassword ?? "-",-16}  {card.Name}: {card.Situation}");
        }

        Console.WriteLine("\nCtrl+C stops everything.");
    }
}
