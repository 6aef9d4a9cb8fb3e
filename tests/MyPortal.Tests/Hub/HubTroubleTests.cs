using MyPortal.Hub;
using MyPortal.Sandbox.Roles;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

public sealed class HubTroubleTests
{
    private const string Linkages = "/v1/linkages";

    [Fact]
    public async Task A_holder_that_is_down_is_unavailable_and_the_other_answers()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.Hub.StopAsync(TestHub.City);

        var asked = await Task.WhenAll(fixture.AskAsync(HubFixture.CityTax), fixture.AskAsync(HubFixture.Pension));

        asked.Select(one => (one.Outcome, one.Code)).ShouldBe([(QueryOutcome.Unavailable, "hub.holder-down"), (QueryOutcome.Answered, null)]);
    }

    [Theory]
    [InlineData(nameof(InjectedFault.Slow), nameof(QueryOutcome.Unavailable), "hub.holder-timeout")]
    [InlineData(nameof(InjectedFault.Garbage), nameof(QueryOutcome.Unavailable), "hub.unreadable")]
    [InlineData(nameof(InjectedFault.WrongPerson), nameof(QueryOutcome.Mismatch), "hub.subject-mismatch")]
    [InlineData(nameof(InjectedFault.Clock), nameof(QueryOutcome.Unavailable), "hub.clock-skew")]
    public async Task Each_trouble_of_a_holder_has_its_own_outcome_and_passes(string kind, string outcome, string code)
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.Hub.PutInTroubleAsync(TestHub.City, Enum.Parse<InjectedFault>(kind));

        using var asked = await fixture.AskAsync();
        await fixture.Hub.PutInTroubleAsync(TestHub.City, InjectedFault.None);
        using var again = await fixture.AskAsync();

        (asked.Outcome.ToString(), asked.Code).ShouldBe((outcome, code));
        again.Outcome.ShouldBe(QueryOutcome.Answered, again.Code);
    }

    [Fact]
    public async Task A_person_whom_the_hub_does_not_know_is_refused_by_rule()
    {
        await using var fixture = await HubFixture.StartAsync();

        using var asked = await fixture.AskAsync(await fixture.RowAsync(HubFixture.CityTax), fixture.Link with { HubCode = new string('0', 26) });

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Denied, "hub.code-unknown"));
    }

    [Fact]
    public async Task The_code_of_one_person_with_the_tag_of_another_shows_nothing()
    {
        await using var fixture = await HubFixture.StartAsync("hanako");
        await using var other = await HubFixture.StartAsync("kenji");

        using var asked = await fixture.AskAsync(await fixture.RowAsync(HubFixture.CityTax), fixture.Link with { SubjectTag = other.Link.SubjectTag });

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Mismatch, "hub.subject-mismatch"));
    }

    [Fact]
    public async Task A_hub_that_restarts_in_the_middle_of_a_request_costs_no_answer()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        var cores = new List<string>();
        fixture.Hub.Interference = async (request, send) =>
        {
            if (request.RequestUri!.AbsolutePath is not Linkages)
            {
                return await send();
            }

            // The first time the answer is lost on its way, after the holder gave it.
            cores.Add(Convert.ToBase64String((await HubForge.ReadAsync(request)).Request.Core));
            var answer = await send();
            return cores.Count is 1 ? throw new HttpRequestException("The connection broke.") : answer;
        };

        using var asked = await fixture.AskAsync(row);

        asked.Outcome.ShouldBe(QueryOutcome.Answered, asked.Code);
        cores.Count.ShouldBe(2);
        cores.Distinct(StringComparer.Ordinal).Count().ShouldBe(1, "the same request, or the holder would raise an alarm");
    }

    [Fact]
    public async Task A_hub_that_stays_down_is_tried_twice_and_not_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        await fixture.Hub.StopAsync(TestHub.Id);
        fixture.Hub.Paths.Clear();

        using var asked = await fixture.AskAsync(row);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, "hub.unavailable"));
        fixture.Hub.Paths.ShouldBe([Linkages, Linkages]);
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_waited_for_no_longer_than_the_deadline()
    {
        await using var fixture = await HubFixture.StartAsync(deadline: TimeSpan.FromSeconds(3));
        var row = await fixture.RowAsync(HubFixture.CityTax);
        fixture.Hub.Interference = async (_, send) =>
        {
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return await send();
        };
        var begun = TimeProvider.System.GetTimestamp();

        using var asked = await fixture.AskAsync(row);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, "hub.unavailable"));
        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(Wait.Limit);
    }

    [Fact]
    public async Task A_receipt_that_does_not_arrive_costs_no_answer()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Interference = (request, send) =>
            request.RequestUri!.AbsolutePath.EndsWith("/receipt", StringComparison.Ordinal) ? throw new HttpRequestException("The connection broke.") : send();

        using var asked = await fixture.AskAsync();

        asked.Outcome.ShouldBe(QueryOutcome.Answered, asked.Code);
    }

    [Fact]
    public async Task Clocks_that_differ_by_five_minutes_have_an_outcome_of_their_own()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        fixture.Hub.ClockAhead = TimeSpan.FromMinutes(5);

        using var asked = await fixture.AskAsync(row);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, "hub.clock-skew"));
    }
}
