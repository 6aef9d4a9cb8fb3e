using System.Buffers.Text;
using System.Collections.Concurrent;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Businesses;

/// <summary>
/// The web site of a sender: a customer asks there to get notices in the portal, goes to the portal and comes back. Each site has a
/// host name of its own, because cookies ignore ports.
/// </summary>
internal sealed class BusinessSite(SandboxSender sender, PortalConnection connection, Uri address, Uri portal, IReadOnlyList<TestPerson> cast, EventInbox inbox)
{
    private const string VisitCookie = "visit";
    private const string ReturnPath = "/portal/return";
    private const string MessagePath = "/portal/messages";
    private readonly BusinessPages pages = new(sender, cast);
    private readonly ConcurrentDictionary<string, ConsentOffer> offers = new(StringComparer.Ordinal);

    /// <summary>Where browsers go; programs that do not know the name use <see cref="Loopback"/>.</summary>
    public static Uri NamedAddress(SandboxSender sender, int port) => new($"http://{sender.Host}.localhost:{port}");

    public static Uri Loopback(int port) => new($"http://127.0.0.1:{port}");

    /// <summary>What is registered at the portal: both names of the site, exactly.</summary>
    public static IReadOnlyList<string> ReturnAddresses(SandboxSender sender, int port) => [NamedAddress(sender, port) + ReturnPath.TrimStart('/'), Loopback(port) + ReturnPath.TrimStart('/')];

    public static Uri MessageAddress(int port) => new(Loopback(port), MessagePath);

    public void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
            context.Response.Headers.CacheControl = "no-store";
            await next(context);
        });
        app.MapGet("/", () => Html(pages.Start()));
        app.MapGet("/site.css", () => Results.Text(BusinessPages.Css, "text/css; charset=utf-8"));
        app.MapGet("/policy", () => Html(pages.Trouble("規約の見本です。受け取った情報は、お知らせを届けるためだけに使います。")));
        app.MapPost("/portal/connect", (Delegate)ConnectAsync);
        app.MapGet(ReturnPath, (Delegate)ReturnAsync);
        app.MapPost(MessagePath, (Delegate)TakeMessageAsync);
    }

    private static IResult Html(string page, int status = StatusCodes.Status200OK) => Results.Content(page, "text/html; charset=utf-8", statusCode: status);

    private async Task<IResult> ConnectAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (cast.SingleOrDefault(member => member.Person.Id == form["customer"]) is not { } member) return Html(pages.Trouble("お客さまが見つかりません。"), StatusCodes.Status404NotFound);

        var origin = http.Request.Host.Host == address.Host ? address : Loopback(address.Port);
        var offer = ConsentOffer.To(member.Person, new Uri(origin, ReturnPath).AbsoluteUri);
        var start = await connection.AskAsync(offer, http.RequestAborted);

        // Only the browser that began may bring the answer: otherwise somebody could end another person's visit with an account of their own.
        var visit = Base64Url.EncodeToString(RandomSource.Bytes(32));
        offers[visit] = offer;
        http.Response.Cookies.Append(VisitCookie, visit, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
        http.Response.Headers.Location = start.AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<IResult> ReturnAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (http.Request.Cookies[VisitCookie] is not { } visit || !offers.TryRemove(visit, out var offer) || offer.State != query["state"] || query["iss"] != portal.GetLeftPart(UriPartial.Authority))
        {
            return Html(pages.Trouble("この戻り先は使えません。もう一度、最初からお願いします。"), StatusCodes.Status400BadRequest);
        }
        if (query["code"].ToString() is not { Length: > 0 } code) return Html(pages.NotConnected());

        var result = await connection.FinishAsync(offer, code, http.RequestAborted);
        return result is null
            ? Html(pages.Trouble("控えを確かめられませんでした。"), StatusCodes.Status502BadGateway)
            : Html(pages.Connected(CustomerNumbers.MaskedOf(sender, offer.Customer), result.Receipt is not null));
    }

    private async Task<IResult> TakeMessageAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var fault = await inbox.TakeAsync(sender.Id, ArrivedMessage.From(MessageAddress(address.Port), http.Request.Headers, body.ToArray()), http.RequestAborted);
        if (fault is not null) return Results.Problem(fault, statusCode: StatusCodes.Status401Unauthorized);
        await connection.EndAsync(body.ToArray(), http.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>How programs find the site.</summary>
    public static ScenarioBusiness Describe(SandboxSender sender, int port) =>
        new(sender.Id, NamedAddress(sender, port).GetLeftPart(UriPartial.Authority), Loopback(port).GetLeftPart(UriPartial.Authority));
}
