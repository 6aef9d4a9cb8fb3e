using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Features.SignIn.Card;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>A portal whose every route can be asked by every kind of visitor.</summary>
internal sealed partial class RouteFixture : IAsyncDisposable
{
    private readonly TestSender city;
    private readonly TestBusiness midori;
    private readonly CitizenId owner;
    private readonly CitizenId other;

    private RouteFixture(TestPortal portal, TestSender city, TestBusiness midori, CitizenId owner, CitizenId other) =>
        (Portal, this.city, this.midori, this.owner, this.other) = (portal, city, midori, owner, other);

    public TestPortal Portal { get; }

    /// <summary>Every route of the running portal but the static assets, as <c>verb route</c>.</summary>
    public IReadOnlyList<string> Routes =>
    [
        .. from endpoint in Portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
           from verb in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
           select $"{verb} {endpoint.RoutePattern.RawText}",
    ];

    public static async Task<RouteFixture> CreateAsync()
    {
        var portal = await TestPortal.StartAsync();
        return new RouteFixture(portal, await TestSender.SignedInAsync(portal), await TestBusiness.OpenAsync(portal), await portal.EnrolAsync("花子"), await portal.EnrolAsync("太郎"));
    }

    /// <summary>A browser of that visitor, in a session of its own.</summary>
    public async Task<HttpClient> BrowserOfAsync(Visitor visitor) => visitor switch
    {
        Visitor.SignedOut => Portal.Browser(),
        Visitor.OwnerAtLevel1 => (await Portal.SignInAsync(owner, AssuranceLevel.CardWithoutPin)).Browser,
        Visitor.OwnerAtLevel2 => (await Portal.SignInAsync(owner, AssuranceLevel.Verified)).Browser,
        Visitor.OwnerAtLevel3 => (await Portal.SignInAsync(owner)).Browser,
        _ => (await Portal.SignInAsync(other)).Browser,
    };

    /// <summary>Gives the owner every role of the console.</summary>
    public Task AppointOwnerAsync() => TestOperator.AppointAsync(Portal, owner, OperatorRoles.Any, "持ち主");

    /// <summary>An address of the route, naming things that exist and belong to the owner.</summary>
    public async Task<string> AddressOfAsync(string route)
    {
        if (route.Contains("guid", StringComparison.Ordinal))
        {
            return Parameter().Replace(route, (await OwnThingAsync(route)).ToString("D")).Replace("{number:int}", "1", StringComparison.Ordinal);
        }

        return route switch
        {
            "{**path:file}" => "/nothing.css",
            "/language" => "/language?to=en&return=/help",
            "/card/complete" => "/card/complete?code=unknown",
            "/login/problem/{Code}" => "/login/problem/card.not-enrolled",
            _ => route.Replace(@"{ticket:regex(\A[A-Za-z0-9_-]{{43}}\z)}", new string('A', 43), StringComparison.Ordinal),
        };
    }

    /// <summary>Asks, with the token of the browser's own page when the verb is unsafe.</summary>
    public static async Task<HttpResponseMessage> AskAsync(HttpClient browser, string verb, string address, bool withToken = true)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb is "ANY" ? "GET" : verb), address);
        if (verb is not ("GET" or "HEAD" or "ANY"))
        {
            request.Content = withToken
                ? new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", await TokenOfAsync(browser))])
                : new FormUrlEncodedContent([KeyValuePair.Create("displayName", "x")]);
        }

        return await browser.SendAsync(request);
    }

    public static async Task<string> TokenOfAsync(HttpClient browser) =>
        Token().Match(await browser.GetStringAsync("/login")).Groups["token"].Value is { Length: > 0 } token ? token : throw new InvalidOperationException("The login page has no form.");

    /// <summary>Every row of every table, without what the sealer of access records fills in meanwhile.</summary>
    public async Task<string> EverythingStoredAsync()
    {
        await using var db = Portal.OpenDatabase();
        await db.Database.OpenConnectionAsync();
        var text = new StringBuilder();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType != typeof(MyPortal.Audit.AuditSeal)))
        {
            var columns = entity.GetProperties().Select(property => property.GetColumnName()).Where(column => column is not ("Sequence" or "PreviousHash") && (entity.ClrType != typeof(MyPortal.Audit.AccessRecord) || column is not "Hash"));
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of the portal's own tables and columns.
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"quote(\"{column}\")"))} FROM \"{entity.GetTableName()}\" ORDER BY 1";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                text.Append(entity.GetTableName()).AppendJoin(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)).AppendLine();
            }
        }

        return text.ToString();
    }

    /// <summary>The page as everybody would see it: without one-time values and without the address it was asked under.</summary>
    public static async Task<string> BareTextOfAsync(HttpResponseMessage answer, string address) =>
        $"{(int)answer.StatusCode} {answer.Headers.Location}\n" +
        OneTime().Replace((await answer.Content.ReadAsStringAsync()).Replace(address.Split('/').First(part => Guid.TryParse(part, out _)), "ID", StringComparison.Ordinal), "ONCE");

    public async Task<Guid> OwnThingAsync(string route)
    {
        if (route.StartsWith("/senders", StringComparison.Ordinal))
        {
            await ConsentedAsync();
            return midori.Sender.Id.Value;
        }

        if (route.StartsWith("/consents", StringComparison.Ordinal))
        {
            return await ConsentedAsync();
        }

        if (route.StartsWith("/inbox", StringComparison.Ordinal) || route.StartsWith("/api", StringComparison.Ordinal))
        {
            return (await city.SendAsync(owner)).Id;
        }

        if (route.StartsWith("/self-info", StringComparison.Ordinal) || route.StartsWith("/access-log", StringComparison.Ordinal))
        {
            var kind = route.StartsWith("/self-info", StringComparison.Ordinal) ? InquiryKind.SelfInformation : InquiryKind.AccessLog;
            var run = (await Portal.Get<IInquiryBatches>().StartAsync((await Portal.SignInAsync(owner)).Viewer, kind, row => row.Theme is "tax", CancellationToken.None)).Value;
            await run.WatchAsync(Wait.Limit, TimeProvider.System, CancellationToken.None);
            return run.Id;
        }

        if (route.StartsWith("/proxy", StringComparison.Ordinal) || route.StartsWith("/p/", StringComparison.Ordinal))
        {
            var viewer = (await Portal.SignInAsync(owner)).Viewer;
            var draft = new MandateDraft("山田　花子", "山田　太郎", [], [NoticeType.Bill], MayView: true, InviteProxy.DayInJapan(Portal.Clock.GetUtcNow()).AddYears(1));
            return (await Portal.Get<InviteProxy>().ExecuteAsync(viewer, draft, CancellationToken.None)).Value.Id.Value;
        }

        return route.Contains("/card/", StringComparison.Ordinal)
            ? (await Portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", CancellationToken.None)).Id
            : (await Portal.SignInAsync(owner)).Viewer.Session.Value;
    }

    /// <summary>A consent of the owner that stands, whatever was done to earlier ones.</summary>
    private async Task<Guid> ConsentedAsync() => await midori.AnswerAsync((await Portal.SignInAsync(owner)).Browser);

    public async ValueTask DisposeAsync()
    {
        midori.Dispose();
        city.Dispose();
        await Portal.DisposeAsync();
    }

    [GeneratedRegex(@"\{([Ii]d|Folder|key):guid\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9A-Z]{13}(:[0-9A-F]{8})?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneTime();
}
