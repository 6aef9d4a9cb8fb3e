using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

public sealed class QueryHolderTests
{
    [Fact, Requirement(60)]
    public async Task A_holder_answers_about_the_person_who_asks()
    {
        await using var fixture = await HubFixture.StartAsync("hanako");

        using var asked = await fixture.AskAsync(HubFixture.CityTax);

        asked.Outcome.ShouldBe(QueryOutcome.Answered, asked.Code);
        var answer = asked.Open().ShouldNotBeNull();
        answer.Outcome.ShouldBe(HolderOutcome.Ready);
        answer.Records.Select(record => record.ItemId).ShouldBe(["income", "resident-tax", "resident-tax-paid"]);
    }

    [Fact]
    public async Task Two_holders_can_be_asked_at_once()
    {
        await using var fixture = await HubFixture.StartAsync("kenji");

        var asked = await Task.WhenAll(fixture.AskAsync(HubFixture.CityTax), fixture.AskAsync(HubFixture.Pension), fixture.AskAsync(HubFixture.CityProperty));

        asked.Select(one => one.Open()!.Outcome).ShouldBe([HolderOutcome.Ready, HolderOutcome.Ready, HolderOutcome.Denied]);
    }

    [Fact]
    public async Task Nobody_opens_an_answer_whose_key_was_forgotten()
    {
        await using var fixture = await HubFixture.StartAsync();
        var asked = await fixture.AskAsync();

        asked.Dispose();

        asked.Open().ShouldBeNull();
    }

    [Theory]
    [EveryDatabase]
    public async Task Each_question_is_recorded_before_it_leaves_and_when_it_ends(Engine engine)
    {
        await using var fixture = await HubFixture.StartAsync(engine: engine);
        var row = await fixture.RowAsync(HubFixture.CityTax);
        IReadOnlyList<string> whenTheHubSawIt = [];
        fixture.Hub.Interference = async (request, send) =>
        {
            await using var db = fixture.Portal.OpenDatabase();
            whenTheHubSawIt = await db.Set<AccessRecord>().Where(record => record.Holder != null).Select(record => $"{record.Event} {record.Outcome}").ToListAsync();
            return await send();
        };

        using var asked = await fixture.AskAsync(row);

        whenTheHubSawIt.ShouldBe(["HolderAsked ok:3"]);
        (await fixture.RecordsAsync(asked.RequestId)).ShouldBe(["HolderAsked sakura-city city-tax-self ok:3", "HolderAnswered sakura-city city-tax-self ok:3"]);
    }

    [Fact]
    public async Task Hub_and_portal_record_one_request_under_one_number()
    {
        await using var fixture = await HubFixture.StartAsync();

        using var asked = await fixture.AskAsync(HubFixture.CityTax);
        using var log = await fixture.AskAsync("log-self");

        var records = log.Open().ShouldNotBeNull().Records.Where(record => record.AsOf == asked.RequestId.ToString("D")).ToList();
        records.Where(record => record.ItemId == "event").Select(record => record.Value).ShouldBe(["REQUEST", "AUTHORISE", "PROVIDE", "RECEIVE"]);
        records.Last(record => record.ItemId == "outcome").Value.ShouldBe("received");
    }

    [Fact]
    public async Task Opening_the_own_link_is_recorded()
    {
        await using var fixture = await HubFixture.StartAsync();

        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.LinkOpened && record.Subject == fixture.Viewer.Owner, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_below_the_level_of_a_row_asks_nobody()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        fixture.Hub.Paths.Clear();

        using var asked = await fixture.AskAsync(row, viewer: fixture.Viewer with { Level = AssuranceLevel.Verified });

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Denied, "hub.level-too-low"));
        fixture.Hub.Paths.ShouldBeEmpty();
    }
}
