using System.Net;

namespace MyPortal.Tests.Fixtures;

public sealed class TestPortalTests
{
    [Theory, EveryDatabase]
    public async Task The_whole_portal_runs_and_a_signed_in_citizen_sees_the_inbox(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var hanako = await portal.SignInAsync(await portal.EnrolAsync("花子"));

        using var answer = await hanako.Browser.GetAsync("/inbox", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("花子");
    }
}
