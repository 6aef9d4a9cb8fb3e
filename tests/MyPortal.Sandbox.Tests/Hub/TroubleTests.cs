using System.Diagnostics;
using System.Text.Json;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Tests.Hub;

[Collection(LinkedPortal.Name)]
public sealed class TroubleTests(LinkedPortal fixture) : IAsyncLifetime
{
    private const string Row = "city-tax-self";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=none");
        foreach (var role in (string[])["hub", "sakura-city"]) await fixture.ControlAsync($"/control/{role}/start");
        (await fixture.AnswerAsync("hanako", Row)).Outcome.ShouldBe(HolderOutcome.Ready);
    }

    [Fact]
    public async Task A_slow_holder_is_given_up_after_five_seconds()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=slow");
        var since = Stopwatch.GetTimestamp();

        await ShouldRefuseAsync(504, "HOLDER_TIMEOUT", "hub");

        Stopwatch.GetElapsedTime(since).ShouldBeInRange(TimeSpan.FromSeconds(4.5), Wait.Limit);
    }

    [Fact]
    public async Task A_stopped_holder_is_down_and_the_others_answer()
    {
        await fixture.ControlAsync("/control/sakura-city/stop");

        await ShouldRefuseAsync(502, "HOLDER_DOWN", "hub");
        (await fixture.AnswerAsync("hanako", "pension-record-self")).Outcome.ShouldBe(HolderOutcome.Ready);
    }

    [Fact]
    public async Task A_holder_that_opens_another_persons_file_finds_it_out_itself()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=wrong-person");

        await ShouldRefuseAsync(409, "SUBJECT_MISMATCH", "holder");
    }

    [Fact]
    public async Task A_holder_whose_clock_is_off_refuses()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=clock");

        await ShouldRefuseAsync(400, "CLOCK_SKEW", "holder");
    }

    [Fact]
    public async Task Garbage_reaches_the_portal_which_cannot_open_it()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=garbage");
        using var attempt = fixture.AttemptFor("hanako", Row);

        var reply = (await fixture.AskAsync(attempt, "hanako")).Read<LinkageReply>();

        Should.Throw<JsonException>(() => attempt.Open(reply.Sealed, fixture.Participants["sakura-city"]));
    }

    [Fact]
    public async Task A_hub_that_goes_down_in_the_middle_can_be_asked_the_same_again()
    {
        await fixture.ControlAsync("/control/sakura-city/trouble?kind=slow");
        using var attempt = fixture.AttemptFor("hanako", Row);
        var asking = fixture.AskAsync(attempt, "hanako");
        await UntilAuthorisedAsync(attempt.Core.RequestId);
        await fixture.ControlAsync("/control/hub/stop");
        await Should.ThrowAsync<HttpRequestException>(asking);

        await fixture.ControlAsync("/control/sakura-city/trouble?kind=none");
        await fixture.ControlAsync("/control/hub/start");
        var heard = await fixture.AskAsync(attempt, "hanako");

        attempt.Open(heard.Read<LinkageReply>().Sealed, fixture.Participants["sakura-city"]).Outcome.ShouldBe(HolderOutcome.Ready);
    }

    [Theory]
    [InlineData("/control/sakura-city/trouble?kind=earthquake")]
    [InlineData("/control/hub/trouble?kind=slow")]
    [InlineData("/control/nobody/trouble?kind=slow")]
    public async Task Trouble_nobody_knows_is_refused(string path) => await Should.ThrowAsync<HttpRequestException>(() => fixture.ControlAsync(path));

    private async Task UntilAuthorisedAsync(Guid requestId)
    {
        var records = Path.Combine(fixture.Data, "organisations", "hub", "access-records.jsonl");
        await Wait.UntilAsync(async () => (await File.ReadAllLinesAsync(records, TestContext.Current.CancellationToken))
            .Any(l => l.Contains(requestId.ToString(), StringComparison.Ordinal) && l.Contains("AUTHORISE", StringComparison.Ordinal)));
    }

    private async Task ShouldRefuseAsync(int status, string code, string at)
    {
        using var attempt = fixture.AttemptFor("hanako", Row);
        var heard = await fixture.AskAsync(attempt, "hanako");

        (heard.Status, heard.Problem.Code, heard.ErrorAt).ShouldBe((status, code, at));
    }
}
