using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.JourneyTests.Ground;

[assembly: AssemblyFixture(typeof(RunningProduct))]

namespace MyPortal.JourneyTests.Ground;

/// <summary>
/// The product as the README starts it, with one sandbox world for the whole run, and a browser. Journeys share the world, so each
/// takes a card of its own.
/// </summary>
public sealed class RunningProduct : IAsyncLifetime
{
    // Every process that comes of the start command inherits this variable, so that leftovers can be found by it.
    private const string Marker = "MYPORTAL_JOURNEY";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);
    private readonly string mark = Guid.NewGuid().ToString("N");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-journeys-");
    private readonly ProcessOutput output = new();
    private Process? product;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    /// <summary>Addresses, cards and senders.</summary>
    public World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var ready = Path.Combine(folder.FullName, "world.json");
        product = Start(ready);
        World = await ReadyAsync(ready);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MYPORTAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a page of the portal in a browser of its own: no cookie and no cache is shared with another visit.</summary>
    public async Task<Visit> VisitAsync(string path = "/", Visitor? visitor = null)
    {
        var who = visitor ?? new Visitor();
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = World.Portal,
            Locale = who.Locale,
            TimezoneId = "Asia/Tokyo",
            JavaScriptEnabled = who.HasScript,
            ViewportSize = new() { Width = who.Width, Height = who.Height },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return new Visit(context, page, who);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
        if (product is not null)
        {
            await StopAsync(product);
        }

        folder.Delete(recursive: true);
    }

    private Process Start(string ready)
    {
        var info = new ProcessStartInfo("dotnet", ["run", "scripts/dev.cs", "--", "--fresh", "--data", Path.Combine(folder.FullName, "data"),
            "--port-base", FreePorts.Base().ToString(System.Globalization.CultureInfo.InvariantCulture), "--ready-file", ready, "--exit-with-stdin"])
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot(AppContext.BaseDirectory),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment[Marker] = mark;
        return output.Of(Process.Start(info)!);
    }

    private async Task<World> ReadyAsync(string ready)
    {
        for (var clock = Stopwatch.StartNew(); !File.Exists(ready); await Task.Delay(100))
        {
            if (product!.HasExited || clock.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"The product did not start within {clock.Elapsed}. It said:\n{output}");
            }
        }

        return JsonSerializer.Deserialize<World>(await File.ReadAllTextAsync(ready), ContractJson.Options)!;
    }

    /// <summary>Stops as a service manager would, and counts whoever is still there afterwards.</summary>
    private async Task StopAsync(Process running)
    {
        using (var kill = Process.Start("kill", ["-TERM", running.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await running.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException tooLate)
        {
            running.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The product did not stop within {StopLimit}. It said:\n{output}", tooLate);
        }
        finally
        {
            running.Dispose();
        }

        Leftovers().ShouldBeEmpty($"stopping must leave no process behind. The product said:\n{output}");
    }

    private IReadOnlyList<string> Leftovers() =>
    [
        .. from process in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(process), out _)
           where TextOf(Path.Combine(process, "environ")).Contains($"{Marker}={mark}", StringComparison.Ordinal)
           select $"{Path.GetFileName(process)} {TextOf(Path.Combine(process, "cmdline")).Replace('\0', ' ')}",
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

    private static string RepositoryRoot(string folder) =>
        File.Exists(Path.Combine(folder, "MyPortal.sln")) ? folder : RepositoryRoot(Path.GetDirectoryName(folder)!);
}
