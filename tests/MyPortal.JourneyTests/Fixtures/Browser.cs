using Microsoft.Playwright;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>How somebody comes: 320, 768 and 1280 are the widths the design knows.</summary>
public sealed record Visitor(int Width = 1280, int Height = 900, bool HasScript = true)
{
    public const int Phone = 320;
    public const int Tablet = 768;
    public const int Desktop = 1280;

    public ForcedColors ForcedColors { get; init; } = ForcedColors.None;

    public ReducedMotion ReducedMotion { get; init; } = ReducedMotion.NoPreference;
}

/// <summary>A real browser.</summary>
internal sealed class Browser(IPlaywright playwright, IBrowser chromium) : IAsyncDisposable
{
    // Two processors may be shared with a compiler: only a failure takes that long.
    private static readonly float Patience = (float)Wait.Limit.TotalMilliseconds;

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MYPORTAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new Browser(playwright, chromium);
    }

    /// <summary>A browser of one's own: no cookie and no cache is shared with another visit.</summary>
    /// <param name="portal">Where relative addresses count from.</param>
    /// <param name="visitor">How somebody comes.</param>
    /// <param name="cookies">Cookies of an earlier visit, from <see cref="Visit.CookiesAsync"/>.</param>
    public async Task<Visit> VisitAsync(string portal, Visitor visitor, string? cookies = null)
    {
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = portal,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            JavaScriptEnabled = visitor.HasScript,
            ForcedColors = visitor.ForcedColors,
            ReducedMotion = visitor.ReducedMotion,
            ViewportSize = new() { Width = visitor.Width, Height = visitor.Height },
            StorageState = cookies,
        });
        context.SetDefaultTimeout(Patience);
        return await Visit.BeginAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
