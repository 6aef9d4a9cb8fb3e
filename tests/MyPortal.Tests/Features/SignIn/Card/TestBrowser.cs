using System.Net;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.Seeding;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>A browser with cookies of its own, without script; it follows no redirect by itself, so that tests see every answer.</summary>
internal sealed class TestBrowser : IDisposable
{
    public static readonly Uri Origin = new("http://localhost:5080");
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public TestBrowser(TestPortal portal, string userAgent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36")
    {
        http = portal.CreateDefaultClient(Origin, new CookieContainerHandler(cookies));
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
    }

    /// <summary>The secret of the session; null when signed out.</summary>
    public string? SessionToken => CookieNamed("session");

    public string? CookieNamed(string name) => cookies.GetCookies(Origin)[name]?.Value;

    public void SetCookie(string name, string value) => cookies.Add(Origin, new Cookie(name, value));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    /// <summary>The text of a page that is there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<Page> OpenAsync(string path) => new(new Uri(Origin, path), await ReadAsync(path));

    /// <summary>Sends the form of a page to its address and says where the answer points.</summary>
    public async Task<string?> SubmitAsync(string page, string action, params (string Name, string Value)[] entries)
    {
        var form = (await OpenAsync(page)).FormTo(action);
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(form.Action, content);
        return LocationOf(answer);
    }

    /// <summary>Sends the form of a page that is open, and shows the page that answers.</summary>
    public async Task<(Page Page, string Html)> PressAsync(Page page, string action, params (string Name, string Value)[] entries)
    {
        var form = page.FormTo(action);
        var fields = form.Fields.Where(field => entries.All(entry => entry.Name != field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value))
            .Concat(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(form.Action, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await answer.Content.ReadAsStringAsync();
        return (new Page(form.Action, html), html);
    }

    /// <summary>Sends the form of a page somewhere else, as only a person who wants to cheat does.</summary>
    public async Task<string?> MisuseAsync(string page, string action, string target)
    {
        using var content = new FormUrlEncodedContent((await OpenAsync(page)).FormTo(action).Fields);
        using var answer = await http.PostAsync(target, content);
        return LocationOf(answer);
    }

    /// <summary>Where an answer sends the browser; null when it stays.</summary>
    public async Task<string?> SentOnFromAsync(string path)
    {
        using var answer = await GetAsync(path);
        return LocationOf(answer);
    }

    /// <summary>Opens the login or enrolment page and starts with the card.</summary>
    public async Task<BegunVisit> BeginAsync(CardPurpose purpose)
    {
        var start = purpose switch
        {
            CardPurpose.Enrol => "/enrol",
            CardPurpose.StepUp => "/step-up",
            _ => "/login",
        };
        var location = (await SubmitAsync(start, start + "/card/start")).ShouldNotBeNull();
        return await ReachAsync(purpose, location);
    }

    /// <summary>Stands on the page between portal and agent.</summary>
    public async Task<BegunVisit> ReachAsync(CardPurpose purpose, string location)
    {
        var link = (await OpenAsync(location)).LinkTo(new Uri("http://127.0.0.1:5081"), "/sign");
        var ticket = System.Web.HttpUtility.ParseQueryString(link.Query)["tx"]!;
        return new BegunVisit(this, purpose, Guid.Parse(location[(location.LastIndexOf('/') + 1)..]), new Uri(ticket));
    }

    /// <summary>Follows the link that the agent shows at the end.</summary>
    public Task<string?> CompleteAsync(string? completionCode) => SentOnFromAsync($"/card/complete?code={completionCode.ShouldNotBeNull()}");

    public void Dispose() => http.Dispose();

    private static string? LocationOf(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;
}

/// <summary>A card transaction that a browser began.</summary>
/// <param name="Browser">The browser that began.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Transaction">Its identifier.</param>
/// <param name="Ticket">The address that the page hands to the agent.</param>
internal sealed record BegunVisit(TestBrowser Browser, CardPurpose Purpose, Guid Transaction, Uri Ticket);
