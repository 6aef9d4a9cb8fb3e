using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MyPortal.Tests.Fixtures;

/// <summary>The built portal as a process of its own, which a test may kill at any moment.</summary>
internal sealed class PortalProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;

    private PortalProcess(int port, IEnumerable<string> settings)
    {
        Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MyPortal.dll"), .. settings, $"--urls={Address}", "--exit-with-stdin"])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public static async Task<PortalProcess> StartAsync(IEnumerable<string> settings)
    {
        var portal = new PortalProcess(FreePort(), settings);
        await portal.AnswersAsync();
        return portal;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public void Kill() => process.Kill();

    /// <summary>SIGTERM: whoever runs the portal wants it to stop.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits until it has stopped by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(StartLimit);
        return process.ExitCode;
    }

    /// <summary>Kills it, if nobody has, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        try
        {
            await Wait.UntilAsync(
                async () =>
                {
                    try
                    {
                        using var answer = await http.GetAsync("/health/live");
                        return answer.IsSuccessStatusCode;
                    }
                    catch (HttpRequestException) when (!process.HasExited)
                    {
                        // Not listening yet.
                        return false;
                    }
                },
                StartLimit);
        }
        catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
        {
            throw new InvalidOperationException($"The portal does not answer. It said:\n{string.Join('\n', said)}", exception);
        }
    }
}
