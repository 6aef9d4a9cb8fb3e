using System.Net;
using System.Net.Sockets;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.JourneyTests.Fixtures;

namespace MyPortal.JourneyTests;

/// <summary>What the README promises about starting and stopping.</summary>
public sealed class StartAndStopJourney(RunningProduct product) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-starts-");

    [Fact]
    public async Task A_second_start_keeps_everything_and_a_fresh_one_forgets_it()
    {
        var first = await RunAsync(StopBy.Interrupt);
        var second = await RunAsync(StopBy.Terminate);
        var fresh = await RunAsync(StopBy.EndOfInput, "--fresh");

        first.ShouldNotBeEmpty();
        second.ShouldBe(first);
        fresh.Count.ShouldBe(first.Count);
        fresh.ShouldAllBe(notice => !first.Contains(notice));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(22)]
    public async Task A_taken_port_is_said_in_one_sentence(int offset)
    {
        var portBase = FreePorts.Base();
        using var squatter = new TcpListener(IPAddress.Loopback, portBase + offset);
        squatter.Start();

        using var start = ProductProcess.Start(Data, portBase);

        (await start.ExitCodeAsync()).ShouldNotBe(0);
        start.Said.Trim().ShouldBe($"Port {portBase + offset} is taken; choose another range with --port-base, for example --port-base {portBase + 1000}.");
    }

    [Fact]
    public async Task The_published_program_serves_its_styles_and_scripts_from_any_folder()
    {
        using var published = await PublishedPortal.StartAsync(folder, product.TrustBundle);

        var page = await published.GetTextAsync("/");
        var parts = PublishedPortal.PartsOf(page);
        parts.ShouldContain(part => part.EndsWith(".css", StringComparison.Ordinal));
        parts.ShouldContain(part => part.Contains("blazor.web", StringComparison.Ordinal));
        foreach (var part in parts)
        {
            (await published.GetTextAsync(part)).Length.ShouldBeGreaterThan(100, part);
        }

        var script = parts.Single(part => part.Contains("blazor.web", StringComparison.Ordinal));
        script.ShouldNotBe("/_framework/blazor.web.js", StringComparer.Ordinal, "the page names the script by its fingerprint, so that a browser keeps it until it changes");
        (await published.GetTextAsync("/_framework/blazor.web.js")).ShouldBe(await published.GetTextAsync(script), "pages of an older program name it plainly");
        using var built = new HttpClient { BaseAddress = new Uri(product.Scenario.Portal) };
        (await built.GetStringAsync("/_framework/blazor.web.js", TestContext.Current.CancellationToken)).ShouldBe(await published.GetTextAsync(script), "build output serves the same");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Starts, reads one person's inbox, stops.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(StopBy stop, params string[] options)
    {
        using var run = ProductProcess.Start(Data, FreePorts.Base(), options);
        var scenario = await run.ReadyAsync();
        var notices = await NoticesAsync(scenario);
        await run.StopAsync(stop);
        return notices;
    }

    private async Task<IReadOnlyList<string>> NoticesAsync(Scenario scenario)
    {
        await using var visit = await product.Browser.VisitAsync(scenario.Portal, new Visitor());
        await visit.SignInAsync(scenario.Cards.First(card => card.Enrolled));
        await visit.GoToAsync("/inbox");
        return await visit.Page.Locator("main a[href^='/inbox/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
    }
}
