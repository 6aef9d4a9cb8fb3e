using System.Reflection;
using Microsoft.AspNetCore.Components;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

public sealed class QueryValueTests
{
    private static readonly string[] Odd =
    [
        "abc", "", "-1", "0", "1.5", "99999999999999999999999", "9223372036854775807", "0001-01-01", "9999-12-31", "2026-13-45", "%00", "%0D%0AWarning%3A%20planted", "%FF", "'", "%F0%9F%98%80",
        "9223372036854775807-0123456789abcdef0123456789abcdef", "253402300799999-0123456789abcdef0123456789abcdef", "99999999999999", "Live,Draft", "name", "unknown",
    ];

    /// <summary>Every page of the compiled portal that reads its address; a new one is tried without anybody remembering to.</summary>
    [Fact]
    public async Task What_is_no_value_counts_as_not_given_and_writes_no_line()
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartAsync(configure: web =>
        {
            log.Listen(web);
            web.UseSetting("RateLimits:PerSession", "1000000");
        });
        var citizen = await portal.EnrolAsync();
        await TestOperator.AppointAsync(portal, citizen, OperatorRoles.Any, "運用 一郎");
        var browser = (await portal.SignInAsync(citizen)).Browser;
        var wrong = new List<string>();
        foreach (var (route, name) in Values())
        {
            var address = route.Replace("{Id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{Folder:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            using var plain = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            foreach (var query in Odd.Select(value => $"{address}?{name}={value}").Append($"{address}?{name}=1&{name}=x"))
            {
                using var answer = await browser.GetAsync(query, TestContext.Current.CancellationToken);
                if (answer.StatusCode != plain.StatusCode)
                {
                    wrong.Add($"{query}: {answer.StatusCode} instead of {plain.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        log.Troubles.ShouldBeEmpty();
    }

    private static IEnumerable<(string Route, string Name)> Values() =>
        from page in typeof(PortalSite).Assembly.GetTypes()
        from value in page.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        where value.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null
        from route in page.GetCustomAttributes<RouteAttribute>().Take(1)
        select (route.Template, value.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name!);

    [Theory]
    [InlineData("/card/complete?code=%00"), InlineData("/consents/start?client_id=%00&request_uri=urn:myportal:consent-request:%00"), InlineData("/language?to=%00"), InlineData("/login/problem/%0AWarning"),
     InlineData("/admin/audit?from=0001-01-01&until=9999-12-31&before=abc"), InlineData("/admin/delivery?days=x")]
    public async Task No_address_is_trouble_of_ours(string address)
    {
        using var log = new CapturedLog();
        await using var portal = await TestPortal.StartAsync(configure: log.Listen);
        using var stranger = portal.Browser();

        using var answer = await stranger.GetAsync(address, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBeLessThan(500);
        log.Troubles.ShouldBeEmpty();
    }
}
