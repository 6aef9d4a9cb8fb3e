using System.Diagnostics;
using System.Net;

namespace MyPortal.Scripts.Shared;

/// <summary>
/// One process of the product. It writes to its own log file, shows only trouble on the console and ends when its standard
/// input is closed.
/// </summary>
public sealed class Service : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process process;
    private readonly StreamWriter log;
    private readonly Lock writing = new();
    private bool inTrouble;

    private Service(string name, Process process, StreamWriter log)
    {
        Name = name;
        this.process = process;
        this.log = log;
    }

    public string Name { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts an assembly with <c>dotnet</c>.</summary>
    public static Service Start(string name, string assembly, string logFile, IEnumerable<string> arguments, string environment = "Development")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        var info = new ProcessStartInfo("dotnet", [assembly, .. arguments, "--exit-with-stdin"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["DOTNET_ENVIRONMENT"] = environment;
        info.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var service = new Service(name, Process.Start(info)!, OpenLog(logFile));
        service.process.OutputDataReceived += (_, line) => service.Write(line.Data);
        service.process.ErrorDataReceived += (_, line) => service.Write(line.Data);
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits until the address answers with success.</summary>
    /// <exception cref="StartException">The process ended, or two minutes passed.</exception>
    public async Task Answers(string address, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(50, cancellationToken))
        {
            if (process.HasExited)
            {
                throw new StartException($"The {Name} ended with exit code {process.ExitCode}; its log says why: {LogFile}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(address), cancellationToken);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Listening, but too busy to answer.
            }
        }

        throw new StartException($"The {Name} does not answer at {address}; its log may say why: {LogFile}");
    }

    /// <summary>Asks the process to end; ends it when it does not within ten seconds.</summary>
    public async Task Stop()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"The {Name} did not end by itself within {Patience.TotalSeconds} seconds and was ended.");
            Command.End(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        process.Dispose();
        lock (writing)
        {
            log.Dispose();
        }
    }

    /// <summary>What a process says is for its owner only.</summary>
    private static StreamWriter OpenLog(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new StreamWriter(new FileStream(file, options)) { AutoFlush = true };
    }

    private string LogFile => ((FileStream)log.BaseStream).Name;

    private void Write(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (writing)
        {
            if (!log.BaseStream.CanWrite)
            {
                return;
            }

            log.WriteLine(line);

            // The console logger of .NET: the level opens an entry, further lines of it are indented.
            inTrouble = line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
                || line.StartsWith("Unhandled exception", StringComparison.Ordinal)
                || (inTrouble && line.StartsWith(' '));
            if (inTrouble)
            {
                Console.WriteLine($"[{Name}] {line}");
            }
        }
    }
}
