using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MyPortal.Benchmarks;

/// <summary>One start of an application, from nothing to its first complete page.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private RunningApp(Process process, HttpClient http, TimeSpan start, string page)
    {
        this.process = process;
        Http = http;
        Start = start;
        Page = page;
    }

    /// <summary>Asks the running application.</summary>
    public HttpClient Http { get; }

    /// <summary>From the start of the process to the last byte of the first page.</summary>
    public TimeSpan Start { get; }

    /// <summary>The first page.</summary>
    public string Page { get; }

    /// <summary>What the process has used of the processors since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<RunningApp> StartAsync(App app)
    {
        var address = app.Origin ?? $"http://127.0.0.1:{FreePort()}";
        var info = new ProcessStartInfo("dotnet", [app.Assembly, .. app.Arguments, $"--urls={address}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(app.Assembly),
        };
        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var clock = Stopwatch.StartNew();
        var started = Process.Start(info) ?? throw new InvalidOperationException($"{app.Name} did not start.");
        _ = started.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var http = new HttpClient { BaseAddress = new Uri(address) };
        while (true)
        {
            try
            {
                var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
                return new RunningApp(started, http, clock.Elapsed, page);
            }
            catch (HttpRequestException trouble) when (trouble.InnerException is SocketException && clock.Elapsed < Limit && !started.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>Resident memory in bytes; only Linux tells it in this way.</summary>
    public async Task<long> ResidentMemoryAsync()
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process.Id}/status")).Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
