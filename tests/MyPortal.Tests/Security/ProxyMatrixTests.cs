using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Proxies.Folder;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>
/// Every route of the running portal, asked by a proxy about things of the principal: folder routes answer by scope and state, every
/// other route answers as it answers any stranger.
/// </summary>
public sealed partial class ProxyMatrixTests
{
    /// <summary>What a folder route answers: in scope, out of scope, after the last day, right after a stop, right after a silent stop when it was opened before.</summary>
    private static readonly Dictionary<string, int[]> FolderRoutes = new(StringComparer.Ordinal)
    {
        ["GET /p/{Folder:guid}/inbox"] = [200, 200, 410, 410, 200],
        ["GET /p/{Folder:guid}/inbox/{Id:guid}"] = [200, 404, 410, 410, 200],
        ["POST /p/{Folder:guid}/inbox"] = [400, 400, 410, 410, 400],
        ["POST /p/{Folder:guid}/inbox/{Id:guid}"] = [400, 400, 400, 400, 400],
    };

    /// <summary>How the thing stands to the proxy's mandate.</summary>
    public enum Standing
    {
        Inside,
        Outside,
        Expired,
        Stopped,
        StoppedSilently,
    }

    /// <summary>Which part of the scope is set.</summary>
    public enum Scope
    {
        Sender,
        Topic,
        SenderAndTopic,
    }

    public static TheoryData<Scope, Standing> Cases => [.. from scope in Enum.GetValues<Scope>() from standing in Enum.GetValues<Standing>() select (scope, standing)];

    [Theory, MemberData(nameof(Cases))]
    [Requirement(141)]
    public async Task Every_route_answers_a_proxy_by_scope_and_state_and_is_closed_otherwise(Scope scope, Standing standing)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var today = DateOnly.FromDateTime(fixture.Portal.Clock.Now().InJapan().DateTime);
        var mandate = await fixture.ActivateAsync(draft => draft with
        {
            Senders = scope is Scope.Topic ? [] : [fixture.City.Id],
            Topics = scope is Scope.Sender ? [] : [NoticeType.Bill],
            LastDay = today.AddDays(1),
        });
        var inside = await fixture.SendAsync(fixture.City, NoticeType.Bill);
        var outside = await fixture.SendAsync(scope is Scope.Topic ? fixture.City : fixture.Power, scope is Scope.Sender ? NoticeType.Bill : NoticeType.Info);
        await EndAsync(fixture, mandate, inside, standing);
        var daughter = await fixture.Portal.SignInAsync(fixture.Daughter.Citizen);
        var notice = standing is Standing.Outside ? outside : inside;

        var wrong = new List<string>();
        foreach (var row in Routes(fixture.Portal))
        {
            var (verb, route) = (row.Split(' ')[0], row.Split(' ')[1]);
            var expected = route.StartsWith("/p/", StringComparison.Ordinal)
                ? FolderRoutes.TryGetValue(row, out var answers) ? answers[(int)standing].ToString(CultureInfo.InvariantCulture) : "a row for this route"
                : route.Contains("guid}", StringComparison.Ordinal) && !route.Contains("/card/", StringComparison.Ordinal) ? StrangersAnswer(row) : null;
            if (expected is null)
            {
                continue;
            }

            using var answer = await RouteFixture.AskAsync(daughter.Browser, verb, AddressOf(fixture, route, mandate, notice));
            var got = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            if (got != expected)
            {
                wrong.Add($"{row}: {got} instead of {expected}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_route_of_a_folder_is_in_the_matrix()
    {
        await using var fixture = await RouteFixture.CreateAsync();

        fixture.Routes.Where(row => row.Contains(" /p/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(FolderRoutes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_out_of_scope_answers_exactly_like_what_does_not_exist()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var mandate = await fixture.ActivateAsync();
        var outside = await fixture.SendAsync(fixture.Power);
        var missing = Guid.NewGuid();
        using var first = await fixture.Daughter.Browser.GetAsync($"/p/{mandate}/inbox/{outside}", TestContext.Current.CancellationToken);
        using var second = await fixture.Daughter.Browser.GetAsync($"/p/{mandate}/inbox/{missing}", TestContext.Current.CancellationToken);

        var (one, other) = (await TextAsync(first, outside.Value), await TextAsync(second, missing));

        one.ShouldBe(other);
    }

    [Fact]
    public void No_use_case_but_those_of_the_folder_takes_a_folders_viewer()
    {
        var takers = from type in typeof(FolderViewer).Assembly.GetTypes()
                     from method in type.GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly)
                     where method.Name is "ExecuteAsync" && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(FolderViewer))
                     select type.Name;

        takers.Order(StringComparer.Ordinal).ShouldBe([nameof(ListFolder), nameof(OpenFolderNotice)]);
    }

    private static async Task EndAsync(ProxyFixture fixture, MandateId mandate, NoticeId inside, Standing standing)
    {
        if (standing is Standing.StoppedSilently)
        {
            await fixture.OpenAsync((await fixture.FolderAsync(mandate)).ShouldNotBeNull().Viewer, inside);
        }

        if (standing is Standing.Stopped or Standing.StoppedSilently)
        {
            (await fixture.StopAsync(mandate, standing is Standing.StoppedSilently)).ShouldBeTrue();
        }

        if (standing is Standing.Expired)
        {
            fixture.Portal.Clock.Advance(TimeSpan.FromDays(2));
        }
    }

    // To everything else of the principal a proxy is another citizen; the sender's address wants a sender.
    private static string StrangersAnswer(string row) => ExpectedAnswers.All[row][(int)Visitor.OtherCitizen] is var expected ? expected.Split('>')[0] : "";

    private static string AddressOf(ProxyFixture fixture, string route, MandateId mandate, NoticeId notice) =>
        FolderPlace().Replace(route, mandate.ToString()) is var address
            ? IdPlace().Replace(address, route.StartsWith("/proxy", StringComparison.Ordinal) ? mandate.ToString()
                : route.StartsWith("/account", StringComparison.Ordinal) ? fixture.Father.Viewer.Session.ToString() : notice.ToString())
            : "";

    private static IEnumerable<string> Routes(TestPortal portal) =>
        from endpoint in portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        from verb in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{verb} {endpoint.RoutePattern.RawText}";

    private static async Task<string> TextAsync(HttpResponseMessage answer, Guid id) =>
        $"{(int)answer.StatusCode} " + (await answer.Content.ReadAsStringAsync()).Replace(id.ToString(), "ID", StringComparison.Ordinal) is var text ? OneTime().Replace(text, "ONCE") : "";

    [GeneratedRegex(@"\{Folder:guid\}", RegexOptions.None, 1000)]
    private static partial Regex FolderPlace();

    [GeneratedRegex(@"\{[A-Za-z]+:guid\}", RegexOptions.None, 1000)]
    private static partial Regex IdPlace();

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9A-Z]{13}(:[0-9A-F]{8})?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneTime();
}
