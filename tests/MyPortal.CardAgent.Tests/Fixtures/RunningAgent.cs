using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Transports;

namespace MyPortal.CardAgent.Tests.Fixtures;

/// <summary>A whole agent on free ports with a data folder of its own, and a browser's manners.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private RunningAgent(WebApplication app, DirectoryInfo data, TestClock clock)
    {
        _app = app;
        _data = data;
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; }

    public int CardPort => _app.Services.GetRequiredService<VirtualTransport>().Port;

    public TestClock Clock { get; }

    public static async Task<RunningAgent> StartAsync(string origin, Action<IServiceCollection>? adjust = null)
    {
        var data = Directory.CreateTempSubdirectory("agent-test");
        var clock = new TestClock();
        string[] arguments = ["--Agent:Port=0", "--Agent:CardPort=0", $"--Agent:Data={data.FullName}", $"--Agent:Origins:0={origin}", "--Agent:Phrase=みかん", "--Logging:LogLevel:Default=None"];
        var app = AgentApplication.Create(arguments, services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAgent(app, data, clock);
    }

    /// <summary>Puts cards into the reader and waits until the agent sees them.</summary>
    public async Task PutDownAsync(params TestCard[] cards)
    {
        foreach (var card in cards) card.PutDown(CardPort);
        foreach (var card in cards) await UntilPresentAsync(card.Id);
    }

    public Task UntilPresentAsync(string card) =>
        Wait.UntilAsync(() => _app.Services.GetRequiredService<CardDetector>().Look().Any(present => present.Id == card));

    public Task<AgentPage> EnterAsync(string ticket, string language = "ja") =>
        OpenAsync($"/sign?tx={Uri.EscapeDataString(ticket)}&ui={language}");

    /// <summary>Opens an address as a browser does when a person follows a link.</summary>
    public Task<AgentPage> OpenAsync(string address, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Sec-Fetch-Dest", "document");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        change?.Invoke(request);
        return SendAsync(request);
    }

    /// <summary>Posts the form of a page with its hidden fields and the given ones.</summary>
    public Task<AgentPage> PostAsync(AgentPage page, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, page.FormAction)
        {
            Content = new FormUrlEncodedContent(page.HiddenFields.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    public async Task<AgentPage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            return new AgentPage(answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}

/// <summary>A page as it arrived.</summary>
internal sealed partial record AgentPage(HttpStatusCode Status, System.Net.Http.Headers.HttpResponseHeaders Headers, string Html)
{
    public string FormAction => FormPattern.Match(Html).Groups["action"].Value;

    public IEnumerable<(string Name, string Value)> HiddenFields =>
        HiddenPattern.Matches(Html).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));

    /// <summary>Code of the refusal shown, or null.</summary>
    public string? Refusal => RefusalPattern.Match(Html) is { Success: true } match ? match.Groups["code"].Value : null;

    public bool AsksForPin => Html.Contains("name=\"pin\"", StringComparison.Ordinal);

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormPattern { get; }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenPattern { get; }

    [GeneratedRegex("data-refusal=\"(?<code>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RefusalPattern { get; }
}
