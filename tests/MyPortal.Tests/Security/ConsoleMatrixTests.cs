using System.Globalization;
using System.Net;
using MyPortal.Features.Operators.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>Every route of the console for every role alone: whoever lacks the role is refused, whatever else that operator may do.</summary>
public sealed class ConsoleMatrixTests
{
    private static readonly Dictionary<string, OperatorRoles> Needed = new(StringComparer.Ordinal)
    {
        ["/admin"] = OperatorRoles.Any,
        ["/admin/operators"] = OperatorRoles.Any,
        ["/admin/operators/new"] = OperatorRoles.Operate,
        ["/admin/operators/{Id:guid}/end"] = OperatorRoles.Operate,
        ["/admin/appointments/{Id:guid}"] = OperatorRoles.Approve,
        ["/admin/audit"] = OperatorRoles.Audit,
        ["/admin/audit/check"] = OperatorRoles.Audit,
        ["/admin/senders"] = OperatorRoles.Any,
        ["/admin/senders/new"] = OperatorRoles.Receive,
        ["/admin/senders/{Id:guid}"] = OperatorRoles.Any,
        ["/admin/senders/{Id:guid}/edit"] = OperatorRoles.Receive,
        ["/admin/senders/{id:guid}/submit"] = OperatorRoles.Receive,
        ["/admin/senders/{Id:guid}/suspend"] = OperatorRoles.Operate,
        ["/admin/senders/{Id:guid}/resume"] = OperatorRoles.Operate,
        ["/admin/senders/{Id:guid}/keys"] = OperatorRoles.Operate,
        ["/admin/senders/{id:guid}/keys/{key:guid}/revoke"] = OperatorRoles.Operate,
        ["/admin/approvals"] = OperatorRoles.Any,
        ["/admin/approvals/{Id:guid}"] = OperatorRoles.Approve,
        ["/admin/delivery"] = OperatorRoles.Any,
    };

    [Theory]
    [InlineData("View"), InlineData("Receive"), InlineData("Approve"), InlineData("Audit"), InlineData("Operate")]
    public async Task Each_role_opens_its_own_doors_and_no_others(string name)
    {
        var role = Enum.Parse<OperatorRoles>(name);
        await using var fixture = await RouteFixture.CreateAsync();
        var browser = (await TestOperator.SignedInAsync(fixture.Portal, role)).Browser;
        var wrong = new List<string>();
        foreach (var row in RoutesOf(fixture))
        {
            var (verb, route) = (row.Split(' ')[0], row.Split(' ')[1]);
            var mayEnter = (Needed[route] & role) is not OperatorRoles.None;
            using var answer = await RouteFixture.AskAsync(browser, verb, route.Replace("{Id:guid}", Missing, StringComparison.Ordinal).Replace("{id:guid}", Missing, StringComparison.Ordinal).Replace("{key:guid}", Missing, StringComparison.Ordinal));
            if (mayEnter ? answer.StatusCode is HttpStatusCode.Forbidden : answer.StatusCode is not HttpStatusCode.Forbidden)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{row}: {(int)answer.StatusCode}"));
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_route_of_the_console_is_in_the_table()
    {
        await using var fixture = await RouteFixture.CreateAsync();

        RoutesOf(fixture).Select(row => row.Split(' ')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(Needed.Keys.Order(StringComparer.Ordinal));
    }

    private const string Missing = "00000000-0000-7000-8000-000000000001";

    private static IEnumerable<string> RoutesOf(RouteFixture fixture) =>
        fixture.Routes.Where(row => row.Contains(" /admin", StringComparison.Ordinal) && !row.EndsWith("/admin/appointment", StringComparison.Ordinal));
}
