using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Features.Operators.Public;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Operators;

public sealed class EntranceTests
{
    [Fact]
    public async Task After_fifteen_minutes_the_card_is_asked_for_again_and_nothing_is_done_before()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Any);
        await TestOperator.SignedInAsync(portal, OperatorRoles.Approve);
        var token = (await ichiro.Browser.OpenAsync("/admin/operators/new")).QuerySelector("main input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        using var typed = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = token,
            ["_handler"] = "appoint",
            ["label"] = "三郎",
            ["roles"] = "View",
            ["reason"] = "増員",
        });
        portal.Clock.Advance(TimeSpan.FromMinutes(14));
        await ichiro.Browser.OpenAsync("/admin");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        using var read = await ichiro.Browser.GetAsync("/admin/senders?state=live", TestContext.Current.CancellationToken);
        using var posted = await ichiro.Browser.PostAsync("/admin/operators/new", typed, TestContext.Current.CancellationToken);
        using var pressed = await ichiro.PressAsync("/admin/audit/check");

        foreach (var (answer, back) in new[] { (read, "/admin/senders?state=live"), (posted, "/admin/operators/new"), (pressed, "/admin") })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            answer.Headers.Location!.OriginalString.ShouldBe("/step-up");
            answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("return=" + Uri.EscapeDataString(back) + ";", StringComparison.Ordinal), back);
        }

        await using var db = portal.OpenDatabase();
        var events = await db.Set<AccessRecord>().Where(record => record.ActorKind == ActorKind.Operator).Select(record => record.Event).ToListAsync(TestContext.Current.CancellationToken);
        events.ShouldNotContain(AccessEvent.AppointmentMade);
        events.ShouldNotContain(AccessEvent.ChainChecked);
    }

    [Fact]
    public async Task A_citizen_without_a_role_is_refused_and_never_asked_for_the_card()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(14));
        await hanako.Browser.OpenAsync("/");
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        await hanako.Browser.OpenAsync("/admin", expected: HttpStatusCode.Forbidden);
        var page = await hanako.Browser.OpenAsync("/admin/senders", expected: HttpStatusCode.Forbidden);

        page.QuerySelector("nav[aria-label='管理']").ShouldBeNull("not even the names of the pages are told");
    }

    [Theory]
    [InlineData(2), InlineData(1)]
    public async Task A_lower_level_does_not_get_in_with_a_role(int level)
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Any);
        var lower = await portal.SignInAsync(ichiro.Citizen, (AssuranceLevel)level);

        using var answer = await lower.Browser.GetAsync("/admin", TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldBe("/step-up");
    }

    [Fact]
    public async Task Each_login_is_recorded_once_and_shown()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.View);
        (await ichiro.Browser.OpenAsync("/admin/operators")).QuerySelector("tbody td[data-head='最後のログイン'] time").ShouldNotBeNull();
        await ichiro.Browser.OpenAsync("/admin");

        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.OperatorSignedIn && record.ActorId == ichiro.Id.Value, TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
