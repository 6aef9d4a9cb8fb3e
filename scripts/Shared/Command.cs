using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MyPortal.Scripts.Shared;

/// <summary>Runs a program in the repository root and waits for it.</summary>
public static class Command
{
    private static readonly Lock Ending = new();

    /// <summary>Lets the program write to our console.</summary>
    /// <returns>The exit code, or -1 when the limit passed and the program was ended.</returns>
    public static int Run(string file, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        using var process = Process.Start(StartInfo(file, arguments)) ?? throw new InvalidOperationException($"{file} did not start.");
        using var stop = StopWithUs(process);
        return ExitCode(process, limit);
    }

    /// <summary>Keeps what the program writes; a program that is not there counts as exit code 127.</summary>
    public static (int ExitCode, string Output) Capture(string file, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        var info = StartInfo(file, arguments);
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(info)!;
            using var stop = StopWithUs(process);
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var code = ExitCode(process, limit);
            return (code, output.Result + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, $"{file} is not installed.");
        }
    }

    /// <summary>Ends a program that we started, its children first.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static ProcessStartInfo StartInfo(string file, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(file, arguments) { WorkingDirectory = Repository.Root };
        foreach (var (name, value) in Quiet)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    /// <summary>What the .NET tools shall not leave running or say.</summary>
    private static readonly (string Name, string Value)[] Quiet =
    [
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_NOLOGO", "1"),
    ];

    private static int ExitCode(Process process, TimeSpan? limit)
    {
        if (!process.WaitForExit(limit ?? TimeSpan.FromHours(1)))
        {
            End(process);
            process.WaitForExit();
            return -1;
        }

        lock (Ending)
        {
            return process.ExitCode;
        }
    }

    // The script waits at the lock meanwhile: it must neither start its next program nor end before the whole tree has ended.
    private static PosixSignalRegistration StopWithUs(Process process) => PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
    {
        lock (Ending)
        {
            End(process);
            Environment.Exit(128 + 15);
        }
    });
}
