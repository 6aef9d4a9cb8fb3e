using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MyPortal.JourneyTests.Ground;

/// <summary>How somebody comes: 320, 768 and 1280 are the widths the design knows.</summary>
public sealed record Visitor(int Width = 1280, int Height = 900, string Locale = "ja-JP", bool HasScript = true);

/// <summary>One browser window and the checks that every page must pass.</summary>
public sealed class Visit(IBrowserContext context, IPage page, Visitor visitor) : IAsyncDisposable
{
    public IPage Page => page;

    /// <summary>No finding of axe, and nothing that makes the page scroll sideways.</summary>
    public async Task PassesTheChecksOfEveryPageAsync()
    {
        if (visitor.HasScript)
        {
            // The checker is itself a script.
            await HasNoBarrierAsync();
        }

        await DoesNotScrollSidewaysAsync();
    }

    public async Task HasNoBarrierAsync()
    {
        var result = await page.RunAxe();

        result.Violations
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} at {node.Target} {node.Html}"))
            .ShouldBeEmpty($"axe found barriers on {page.Url}");
    }

    public async Task DoesNotScrollSidewaysAsync()
    {
        var hidden = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        hidden.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is {hidden} pixels wider than a window of {page.ViewportSize?.Width}");
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
