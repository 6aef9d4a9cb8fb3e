using Microsoft.Playwright;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>One browser window and what its browser complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const string WatchPolicy = """
        window.policyViolations = [];
        document.addEventListener('securitypolicyviolation', e => window.policyViolations.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sample}`));
        """;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly HashSet<string> requests = new(StringComparer.Ordinal);

    private Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;

        // Of the whole window, because what a new tab loads first is on its way before anybody can listen to the tab.
        context.Console += (_, message) => Hear(message);
        context.WebError += (_, error) => Note(error.Error);
        context.RequestFailed += (_, request) => HearFailure(request);
        context.Request += (_, request) => Count(request);
        context.Response += (_, response) => Document = IsDocument(response.Request) ? response : Document;
    }

    /// <summary>The tab the person looks at.</summary>
    public IPage Page { get; private set; }

    /// <summary>The answer that made the page.</summary>
    public IResponse? Document { get; private set; }

    /// <summary>What the page needed, itself included.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public static async Task<Visit> BeginAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(WatchPolicy);
        return new Visit(context, await context.NewPageAsync());
    }

    public Task<IResponse?> GoToAsync(string path) => Page.GotoAsync(path);

    /// <summary>Goes on in the tab that a link opens.</summary>
    /// <returns>The tab the person came from, which stays as it is.</returns>
    public async Task<IPage> FollowIntoNewTabAsync(Func<Task> press)
    {
        var before = Page;
        Page = await context.RunAndWaitForPageAsync(press);
        await Page.WaitForLoadStateAsync();
        return before;
    }

    /// <summary>Goes there in another language, through the language menu's own address.</summary>
    public async Task GoToAsync(string path, string language)
    {
        await Page.GotoAsync($"/language?to={language}&return={Uri.EscapeDataString(path)}");
        new Uri(Page.Url).PathAndQuery.ShouldBe(path);
    }

    /// <summary>Errors on the console, uncaught exceptions, failed requests and violations of the content security policy.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync()
    {
        var violations = await Page.EvaluateAsync<string[]>("window.policyViolations");
        lock (complaints)
        {
            return [.. complaints, .. violations];
        }
    }

    /// <summary>Cookies, for a later visit of the same person.</summary>
    public Task<string> CookiesAsync() => context.StorageStateAsync();

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    // No page holds frames; and the frame of what a new tab loads first cannot be asked for yet.
    private static bool IsDocument(IRequest request) => request.IsNavigationRequest;

    // A page that tells of trouble has the status of that trouble, which the browser reports as an error of the page itself.
    private void Hear(IConsoleMessage message)
    {
        var isOwnStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith((message.Page ?? Page).Url, StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isOwnStatus)
        {
            Note($"{message.Text} ({message.Location})");
        }
    }

    // Whoever goes on before everything has arrived breaks off the rest.
    private void HearFailure(IRequest request)
    {
        if (request.Failure is not "net::ERR_ABORTED")
        {
            Note($"{request.Url} failed: {request.Failure}");
        }
    }

    private void Note(string complaint)
    {
        lock (complaints)
        {
            complaints.Add(complaint);
        }
    }

    private void Count(IRequest request)
    {
        lock (requests)
        {
            if (IsDocument(request))
            {
                requests.Clear();
            }

            requests.Add(request.Url);
        }
    }
}
