using Microsoft.Playwright;

namespace MyPortal.JourneyTests.Ground;

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
        page.Console += (_, message) => Hear(message);
        page.PageError += (_, error) => Note(error);
        page.RequestFailed += (_, request) => HearFailure(request);
        page.Request += (_, request) => Count(request);
        page.Response += (_, response) => Document = IsDocument(response.Request) ? response : Document;
    }

    public IPage Page { get; }

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

    private static bool IsDocument(IRequest request) => request.IsNavigationRequest && request.Frame.ParentFrame is null;

    // A page that tells of trouble has the status of that trouble, which the browser reports as an error of the page itself.
    private void Hear(IConsoleMessage message)
    {
        var isOwnStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(Page.Url, StringComparison.Ordinal);
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
