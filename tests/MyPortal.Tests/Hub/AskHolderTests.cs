using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Hub;

public sealed class AskHolderTests
{
    [Fact, Requirement(60)]
    public async Task A_holder_answers_about_the_person_who_asks()
    {
        await using var world = await HubWorld.StartAsync("hanako");

        using var asked = await world.AskAsync(HubWorld.CityTax);

        asked.Outcome.ShouldBe(AskOutcome.Answered, asked.Code);
        var answer = asked.Open().ShouldNotBeNull();
        answer.Outcome.ShouldBe(HolderOutcome.Ready);
        answer.Records.Select(record => record.ItemId).ShouldBe(["income", "resident-tax", "resident-tax-paid"]);
    }

    [Fact]
    public async Task Two_holders_can_be_asked_at_once()
    {
        await using var world = await HubWorld.StartAsync("kenji");

        var asked = await Task.WhenAll(world.AskAsync(HubWorld.CityTax), world.AskAsync(HubWorld.Pension), world.AskAsync(HubWorld.CityProperty));

        asked.Select(one => one.Open()!.Outcome).ShouldBe([HolderOutcome.Ready, HolderOutcome.Ready, HolderOutcome.Denied]);
    }

    [Fact]
    public async Task Nobody_opens_an_answer_whose_key_was_forgotten()
    {
        await using var world = await HubWorld.StartAsync();
        var asked = await world.AskAsync();

        asked.Dispose();

        asked.Open().ShouldBeNull();
    }

    [Theory]
    [EveryDatabase]
    public async Task Each_question_is_recorded_before_it_leaves_and_when_it_ends(Engine engine)
    {
        await using var world = await HubWorld.StartAsync(engine: engine);
        var row = await world.RowAsync(HubWorld.CityTax);
        IReadOnlyList<string> whenTheHubSawIt = [];
        world.Hub.Interference = async (request, send) =>
        {
            await using var db = world.Portal.OpenDatabase();
            whenTheHubSawIt = await db.Set<AccessRecord>().Where(record => record.Holder != null).Select(record => $"{record.Event} {record.Outcome}").ToListAsync();
            return await send();
        };

        using var asked = await world.AskAsync(row);

        whenTheHubSawIt.ShouldBe(["HolderAsked ok:3"]);
        (await world.RecordsAsync(asked.RequestId)).ShouldBe(["HolderAsked sakura-city city-tax-self ok:3", "HolderAnswered sakura-city city-tax-self ok:3"]);
    }

    [Fact]
    public async Task Hub_and_portal_record_one_request_under_one_number()
    {
        await using var world = await HubWorld.StartAsync();

        using var asked = await world.AskAsync(HubWorld.CityTax);
        using var log = await world.AskAsync("log-self");

        var records = log.Open().ShouldNotBeNull().Records.Where(record => record.AsOf == asked.RequestId.ToString("D")).ToList();
        records.Where(record => record.ItemId == "event").Select(record => record.Value).ShouldBe(["REQUEST", "AUTHORISE", "PROVIDE", "RECEIVE"]);
        records.Last(record => record.ItemId == "outcome").Value.ShouldBe("received");
    }

    [Fact]
    public async Task Opening_the_own_link_is_recorded()
    {
        await using var world = await HubWorld.StartAsync();

        await using var db = world.Portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.LinkOpened && record.Subject == world.Viewer.Owner, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_below_the_level_of_a_row_asks_nobody()
    {
        await using var world = await HubWorld.StartAsync();
        var row = await world.RowAsync(HubWorld.CityTax);
        world.Hub.Paths.Clear();

        using var asked = await world.AskAsync(row, viewer: world.Viewer with { Level = AssuranceLevel.Verified });

        (asked.Outcome, asked.Code).ShouldBe((AskOutcome.Denied, "hub.level-too-low"));
        world.Hub.Paths.ShouldBeEmpty();
    }
}
