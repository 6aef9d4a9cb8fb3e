using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>How the product is told to stop.</summary>
public enum StopBy
{
    /// <summary>Ctrl+C at a terminal, which reaches every process of it.</summary>
    Interrupt,

    /// <summary>A service manager, which speaks to the process it started.</summary>
    Terminate,

    /// <summary>A program that started it closes its standard input.</summary>
    EndOfInput,
}

/// <summary><c>dotnet run scripts/dev.cs</c> and everything that comes of it.</summary>
internal sealed class ProductProcess : IDisposable
{
    // Every process that comes of the start command inherits this variable, so that leftovers can be found by it.
    private const string Marker = "MYPORTAL_JOURNEY";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopLimit = Wait.Limit;
    private readonly string mark = Guid.NewGuid().ToString("N");
    private readonly ProcessOutput output = new();
    private readonly string ready;
    private readonly Process process;

    private ProductProcess(string data, int portBase, string[] options)
    {
        ready = data + ".world.json";
        // Its own session, so that an interrupt can reach its whole group; whoever runs the tests may have told us to ignore that signal.
        var info = new ProcessStartInfo("env", ["--default-signal=INT", "setsid", "dotnet", "run", "scripts/dev.cs", "--", "--data", data,
            "--port-base", portBase.ToString(CultureInfo.InvariantCulture), "--ready-file", ready, "--exit-with-stdin", .. options])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment[Marker] = mark;
        process = output.Of(Process.Start(info)!);
    }

    public static ProductProcess Start(string data, int portBase, params string[] options) => new(data, portBase, options);

    public string Said => output.ToString();

    /// <summary>Waits until everything answers.</summary>
    public async Task<Scenario> ReadyAsync()
    {
        try
        {
            await Wait.UntilAsync(() => Task.FromResult(File.Exists(ready) || process.HasExited), StartLimit);
        }
        catch (TimeoutException tooLate)
        {
            throw new InvalidOperationException($"The product did not start within {StartLimit}. It said:\n{output}", tooLate);
        }

        if (!File.Exists(ready))
        {
            throw new InvalidOperationException($"The product ended while it started. It said:\n{output}");
        }

        return JsonSerializer.Deserialize<Scenario>(await File.ReadAllTextAsync(ready), ContractJson.Options)!;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException tooLate)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The product did not stop within {StopLimit}. It said:\n{output}", tooLate);
        }
    }

    /// <summary>Stops it and looks whether anybody is still there afterwards.</summary>
    public async Task StopAsync(StopBy how)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        switch (how)
        {
            case StopBy.Interrupt:
                await KillAsync("-INT", "--", "-" + id);
                break;
            case StopBy.Terminate:
                await KillAsync("-TERM", id);
                break;
            default:
                process.StandardInput.Close();
                break;
        }

        await ExitCodeAsync();
        Leftovers().ShouldBeEmpty($"stopping must leave no process behind. The product said:\n{output}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static async Task KillAsync(params string[] arguments)
    {
        using var kill = Process.Start("kill", arguments);
        await kill.WaitForExitAsync();
    }

    private IReadOnlyList<string> Leftovers() =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), out _)
           where TextOf(Path.Combine(folder, "environ")).Contains($"{Marker}={mark}", StringComparison.Ordinal)
           select $"{Path.GetFileName(folder)} {TextOf(Path.Combine(folder, "cmdline")).Replace('\0', ' ')}",
    ];

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
