using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Tests.WorldMaking;

/// <summary>A portal and an agent that know only the agreed steps, and note what came.</summary>
internal sealed class OutsideWorld : IAsyncDisposable
{
    private readonly TcpListener reader = new(IPAddress.Loopback, 0);
    private SmallServer portal = null!;
    private SmallServer agent = null!;

    public ConcurrentQueue<string> Visits { get; } = [];

    public ConcurrentDictionary<string, PostNotice> Notices { get; } = new(StringComparer.Ordinal);

    public Uri Portal => new(portal.Address);

    public Uri Agent => new(agent.Address);

    public IPEndPoint CardListener => (IPEndPoint)reader.LocalEndpoint;

    public static async Task<OutsideWorld> StartAsync()
    {
        var world = new OutsideWorld();
        world.reader.Start();
        world.agent = await SmallServer.StartAsync(world.MapAgent);
        world.portal = await SmallServer.StartAsync(world.MapPortal);
        return world;
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
        app.MapGet("/card/complete", (HttpRequest request) => request.Cookies["binding"] == "b1" && request.Query["code"] == "c1" ? SeeOther(request, "/enrol/name") : Results.BadRequest());
        app.MapGet("/enrol/name", () => Html("""<form method="post" action="/enrol/name"><input name="displayName"></form>"""));
        app.MapPost("/enrol/name", async (HttpRequest request) =>
        {
            Visits.Enqueue($"name {(await request.ReadFormAsync())["displayName"]}");
            return SeeOther(request, "/enrol/loss-code");
        });
        app.MapGet("/enrol/loss-code", () => Html("""<form method="post" action="/enrol/loss-code/kept"></form>"""));
        app.MapPost("/enrol/loss-code/kept", (HttpRequest request) =>
        {
            Visits.Enqueue("kept");
            return SeeOther(request, "/");
        });
        MapSenderApi(app);
    }

    private void MapSenderApi(WebApplication app)
    {
        app.MapPost("/api/v1/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["grant_type"] == "client_credentials" && form["scope"] == "notice.write notice.status" && form["client_assertion"].ToString().Split('.').Length == 3
                ? Results.Json(new TokenAnswer("token", "Bearer", 600, "notice.write notice.status"), ContractJson.Options)
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
            Visits.Enqueue($"card {form["card"]} {form["pin"]} {form["password"]} {form["visit"]}");
            return Html($"""<a href="{Portal}card/complete?code=c1">Back</a>""");
        });
    }

    private static IResult SeeOther(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.Location = path;
        return Results.StatusCode(303);
    }
}
