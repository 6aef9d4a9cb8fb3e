using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>The portal as it is installed: published, started in a folder that is not the repository.</summary>
internal sealed partial class PublishedPortal : IDisposable
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(4);
    private readonly ProcessOutput output = new();
    private readonly Process process;
    private readonly HttpClient http;

    private PublishedPortal(string program, DirectoryInfo folder, string trustBundle)
    {
        var address = $"http://127.0.0.1:{FreePorts.Base().ToString(CultureInfo.InvariantCulture)}";
        var info = new ProcessStartInfo("dotnet", [Path.Combine(program, "MyPortal.dll"), "--Deployment:Mode=Sandbox", $"--TrustBundle={trustBundle}",
            $"--Data:Folder={Path.Combine(folder.FullName, "portal")}", $"--Portal:Origin={address}", $"--urls={address}", "--exit-with-stdin"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Tests may run in a development environment, where web assets come from the repository.
        info.Environment["DOTNET_ENVIRONMENT"] = "Production";
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        process = output.Of(Process.Start(info)!);
        http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public static async Task<PublishedPortal> StartAsync(DirectoryInfo folder, string trustBundle)
    {
        var program = Path.Combine(folder.FullName, "program");
        await PublishAsync(program);
        var portal = new PublishedPortal(program, folder, trustBundle);
        await portal.AnswersAsync();
        return portal;
    }

    public static IReadOnlyList<string> PartsOf(string page) => [.. Part().Matches(page).Select(match => "/" + match.Groups["path"].Value.TrimStart('/'))];

    public Task<string> GetTextAsync(string path) => http.GetStringAsync(path);

    public void Dispose()
    {
        http.Dispose();
        process.StandardInput.Close();
        if (!process.WaitForExit(Wait.Limit))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static async Task PublishAsync(string program)
    {
        var said = new ProcessOutput();
        using var limit = new CancellationTokenSource(PublishLimit);
        using var publish = said.Of(Process.Start(new ProcessStartInfo("dotnet", ["publish", "src/MyPortal", "-c", "Release", "-o", program, "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        await publish.WaitForExitAsync(limit.Token);
        publish.ExitCode.ShouldBe(0, said.ToString());
    }

    private async Task AnswersAsync()
    {
        try
        {
            await Wait.UntilAsync(async () =>
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
            });
        }
        catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
        {
            throw new InvalidOperationException($"The published portal does not answer. It said:\n{output}", exception);
        }
    }

    [GeneratedRegex("(href|src)=\"(?<path>[^\"]+\\.(css|js))\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
