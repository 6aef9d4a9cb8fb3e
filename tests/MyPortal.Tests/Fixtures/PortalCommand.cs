using System.Diagnostics;

namespace MyPortal.Tests.Fixtures;

/// <summary>A command of the built portal as a process of its own.</summary>
internal sealed class PortalCommand : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly Task<string> said;

    private PortalCommand(Process process) => (this.process, said) = (process, SaidAsync(process));

    /// <summary>Starts a command in the sandbox.</summary>
    /// <param name="command">Its name; empty to serve.</param>
    /// <param name="database">The database it works on; null for the one in the folder.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="longestFile">No file may grow beyond this, in KiB: how a full disk looks to a program. 0 for no limit.</param>
    public static async Task<PortalCommand> StartAsync(string command, TestDatabase? database, IEnumerable<string> settings, int longestFile = 0)
    {
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "MyPortal.dll")];
        arguments.AddRange(command.Length > 0 ? [command] : ["--exit-with-stdin", "--urls=http://127.0.0.1:0"]);
        arguments.AddRange(["--Deployment:Mode=Sandbox", $"--TrustBundle={(await TestIssuer.FoundedAsync()).TrustBundle}", "--Portal:Origin=http://localhost:5080"]);
        if (database is not null)
        {
            arguments.AddRange([$"--Data:Provider={database.Engine}", $"--Data:ConnectionString={database.ConnectionString}"]);
        }

        arguments.AddRange(settings);
        var start = longestFile is 0
            ? new ProcessStartInfo("dotnet", arguments)
            : new ProcessStartInfo("sh", ["-c", $"trap '' XFSZ; ulimit -f {longestFile * 2}; exec dotnet \"$@\"", "sh", .. arguments]);
        start.UseShellExecute = false;
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";

        // The runtime would ask for a file of 2 GiB in memory.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new PortalCommand(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string command, TestDatabase? database, IEnumerable<string> settings, int longestFile = 0)
    {
        using var running = await StartAsync(command, database, settings, longestFile);
        return await running.EndAsync();
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code and what it said to whoever started it, without its log.</returns>
    public async Task<(int ExitCode, string Said)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await said);
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static async Task<string> SaidAsync(Process process)
    {
        var texts = await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        return texts[0].Length > 0 ? texts[0].Trim() : LastLine(texts[1]);
    }

    // The log goes to standard output too; an entry is indented, or begins with its level.
    private static string LastLine(string output) =>
        output.TrimEnd().Split('\n') is [.., var last] && last.Length > 0 && !char.IsWhiteSpace(last[0]) && last.IndexOf(": ", StringComparison.Ordinal) is not 4 ? last : "";
}
