using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Tests.Seeding;

/// <summary>A portal and an agent that know only the agreed steps, and note what came.</summary>
internal sealed class ExternalServices : IAsyncDisposable
{
    private readonly TcpListener reader = new(IPAddress.Loopback, 0);
    private SmallServer portal = null!;
    private SmallServer agent = null!;

    /// <summary>The recipient code that everybody gets.</summary>
    public const string Code = "0123456789ABCDEFGHJKMNPQRS";

    public ConcurrentQueue<string> Transactions { get; } = [];

    public ConcurrentDictionary<string, PostNotice> Notices { get; } = new(StringComparer.Ordinal);

    public Uri Portal => new(portal.Address);

    public Uri Agent => new(agent.Address);

    public IPEndPoint CardListener => (IPEndPoint)reader.LocalEndpoint;

    public static async Task<ExternalServices> StartAsync()
    {
        var fixture = new ExternalServices();
        fixture.reader.Start();
        fixture.agent = await SmallServer.StartAsync(fixture.MapAgent);
        fixture.portal = await SmallServer.StartAsync(fixture.MapPortal);
        return fixture;
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await portal.DisposeAsync();
        await agent.DisposeAsync();
    }

    private static IResult Html(string body) => Results.Content($"<!DOCTYPE html><h1>Page</h1>{body}", "text/html; charset=utf-8");

    private void MapPortal(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/", () => Html(""));
        app.MapGet("/enrol", (HttpResponse response) =>
        {
            response.Cookies.Append("binding", "b1");
            return Html("""<form method="post" action="/enrol/card/start"><input type="hidden" name="__RequestVerificationToken" value="t1"></form>""");
        });
        app.MapPost("/enrol/card/start", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["__RequestVerificationToken"] == "t1" && request.Cookies["binding"] == "b1" ? SeeOther(request, "/enrol/card/42") : Results.BadRequest();
        });
        app.MapGet("/enrol/card/42", () => Html($"""<a href="{Agent}sign?tx=abc&amp;ui=ja">Card</a>"""));
        app.MapGet("/card/complete", (HttpRequest request) =>
            request.Cookies["binding"] is not { } binding || request.Query["code"] != "c1" ? Results.BadRequest() : SeeOther(request, binding is "b1" ? "/enrol/name" : "/"));
        app.MapGet("/login", (HttpResponse response) =>
        {
            response.Cookies.Append("binding", "login");
            return Html("""<form method="post" action="/login/card/start"></form>""");
        });
        app.MapPost("/login/card/start", (HttpRequest request) => SeeOther(request, "/enrol/card/42"));
        MapConsents(app);
        app.MapGet("/enrol/name", () => Html("""<form method="post" action="/enrol/name"><input name="displayName"></form>"""));
        app.MapPost("/enrol/name", async (HttpRequest request) =>
        {
            Transactions.Enqueue($"name {(await request.ReadFormAsync())["displayName"]}");
            return SeeOther(request, "/enrol/loss-code");
        });
        app.MapGet("/enrol/loss-code", () => Html("""<form method="post" action="/enrol/loss-code/kept"></form>"""));
        app.MapPost("/enrol/loss-code/kept", (HttpRequest request) =>
        {
            Transactions.Enqueue("kept");
            return SeeOther(request, "/");
        });
        MapSenderApi(app);
    }

    /// <summary>What the senders asked, by the address that the browser carries.</summary>
    public ConcurrentDictionary<string, ConsentClaims> Asked { get; } = new(StringComparer.Ordinal);

    private void MapConsents(WebApplication app)
    {
        app.MapPost("/api/v1/consent-requests", async (HttpRequest request) =>
        {
            var pushed = await request.ReadFromJsonAsync<PushConsentRequest>(ContractJson.Options);
            var claims = JsonSerializer.Deserialize<ConsentClaims>(Base64Url.DecodeFromChars(pushed!.Request.Split('.')[1]), ContractJson.Options)!;
            Asked[claims.Jti] = claims;
            return Results.Json(new PushedConsentRequest(claims.Jti, 60), ContractJson.Options, statusCode: 201);
        });
        app.MapGet("/consents/start", (string request_uri) =>
            Html($"""<form method="post" action="/consents/requests/{request_uri}/decide"><input type="hidden" name="answer" value="agree"><input type="checkbox" name="item" value="recipient-code"></form>"""));
        app.MapPost("/consents/requests/{id}/decide", async (string id, HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Transactions.Enqueue($"consent {Asked[id].Iss} {form["answer"]} {form["item"]}");
            return Html($"""<a href="/consents/requests/{id}/return">Back</a>""");
        });
        app.MapGet("/consents/requests/{id}/return", (string id, HttpRequest request) =>
            SeeOther(request, $"{Asked[id].ReturnTo}?code={id}&state={Asked[id].State}&iss={Uri.EscapeDataString(Portal.GetLeftPart(UriPartial.Authority))}"));
        app.MapPost("/api/v1/consent-results", async (HttpRequest request) =>
        {
            var exchange = (await request.ReadFromJsonAsync<ExchangeConsentCode>(ContractJson.Options))!;
            return Results.Json(new ConsentResult(Guid.CreateVersion7(), Code, Asked[exchange.Code].Nonce, ["recipient-code"]), ContractJson.Options);
        });
    }

    private void MapSenderApi(WebApplication app)
    {
        app.MapPost("/api/v1/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["grant_type"] == "client_credentials" && form["scope"] == "notice.write notice.status consent.request" && form["client_assertion"].ToString().Split('.').Length == 3
                ? Results.Json(new TokenAnswer("token", "Bearer", 600, "notice.write notice.status consent.request"), ContractJson.Options)
                : Results.BadRequest();
        });
        app.MapPost("/api/v1/notices", async (HttpRequest request) =>
        {
            if (request.Headers.Authorization != "Bearer token") return Results.Unauthorized();
            Notices[request.Headers["Idempotency-Key"].Single()!] = (await request.ReadFromJsonAsync<PostNotice>(ContractJson.Options))!;
            var now = DateTimeOffset.UtcNow;
            return Results.Json(new NoticeStatus(Guid.CreateVersion7(), NoticeState.Delivered, now, "withheld", now), ContractJson.Options, statusCode: 201);
        });
    }

    private void MapAgent(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/sign", (HttpRequest request) => request.Headers["Sec-Fetch-Dest"] == "document" && request.Headers["Sec-Fetch-Mode"] == "navigate"
            ? Html("""<form method="post" action="/sign"><input type="hidden" name="visit" value="v1"><select name="card"></select><input name="pin" type="password"><input name="password" type="password"></form>""")
            : Results.StatusCode(403));
        app.MapPost("/sign", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Transactions.Enqueue($"card {form["card"]} {form["pin"]} {form["password"]} {form["visit"]}");
            return Html($"""<a href="{Portal}card/complete?code=c1">Back</a>""");
        });
    }

    private static IResult SeeOther(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.Location = path;
        return Results.StatusCode(303);
    }
}
