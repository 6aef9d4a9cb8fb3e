using MyPortal.Contracts.Hub;
using MyPortal.Features.AccessLog.Uses;

namespace MyPortal.Tests.Features.AccessLog;

/// <summary>What the join of two records says, also where they do not agree.</summary>
public sealed class JoinUsesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Request = Guid.Parse("01234567-89ab-4def-8123-456789abcdef");

    [Fact]
    public void A_request_that_went_well_has_four_steps_and_no_finding()
    {
        var use = Join([Portal("ok:3")], [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE"), Hub("RECEIVE", "received")]).ShouldHaveSingleItem();

        new[] { use.Asked, use.Allowed, use.Sent, use.Received }.ShouldAllBe(step => step.State == UseStepState.Done && step.At != null);
        use.Requester.ShouldBeNull("it was the person");
        use.Purpose.ShouldBe("見るため");
        use.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_holder_that_was_down_ends_the_request_there()
    {
        var use = Join([Portal("hub.holder-down")], [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE", "HOLDER_DOWN")]).ShouldHaveSingleItem();

        use.Sent.ShouldBe(new UseStep(UseStepState.Refused, Noon, "hub.holder-down"));
        use.Received.State.ShouldBe(UseStepState.Refused);
        use.Findings.ShouldBeEmpty("both ends tell the same story");
    }

    [Fact]
    public void A_request_that_the_hub_denied_was_never_sent()
    {
        var use = Join([Portal("hub.no-row")], [Hub("REQUEST"), Hub("DENY", "NO_ROW")]).ShouldHaveSingleItem();

        use.Allowed.ShouldBe(new UseStep(UseStepState.Refused, Noon, "hub.no-row"));
        use.Sent.State.ShouldBe(UseStepState.NotReached);
    }

    [Fact]
    public void What_the_hub_sent_and_nobody_received_is_named() =>
        Join([Portal("hub.given-up")], [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE")]).ShouldHaveSingleItem().Findings.ShouldBe([UseFinding.SentNotReceived]);

    [Fact]
    public void What_only_the_portal_knows_is_named_unless_it_never_reached_the_hub()
    {
        Join([Portal("ok:3")], []).ShouldHaveSingleItem().Findings.ShouldBe([UseFinding.MissingAtHub]);
        Join([Portal("hub.unavailable")], []).ShouldHaveSingleItem().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void What_only_the_hub_knows_is_named_where_the_portal_should_know()
    {
        IReadOnlyList<HubRecord> hub = [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE"), Hub("RECEIVE", "received")];

        Join([], hub).ShouldHaveSingleItem().Findings.ShouldBe([UseFinding.MissingAtPortal]);
        var official = Join([], [.. hub.Select(record => record with { Requester = "tax-office" })]).ShouldHaveSingleItem();
        official.Findings.ShouldBeEmpty("what agencies ask each other is no matter of the portal");
        official.Requester.ShouldBe("tax-office");
    }

    [Fact]
    public void Ends_that_contradict_each_other_are_named()
    {
        Join([Portal("hub.unreadable")], [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE"), Hub("RECEIVE", "received")]).ShouldHaveSingleItem().Findings.ShouldBe([UseFinding.OutcomesDiffer]);
        Join([Portal("ok:3")], [Hub("REQUEST"), Hub("AUTHORISE"), Hub("PROVIDE", "HOLDER_DOWN")]).ShouldHaveSingleItem().Findings.ShouldBe([UseFinding.ReceivedNotSent]);
    }

    [Fact]
    public void The_request_that_fetched_the_record_is_shown_without_its_end()
    {
        var use = new JoinUses("portal", Noon, Request).Join([Portal("ok:90")], [Hub("REQUEST"), Hub("AUTHORISE")]).ShouldHaveSingleItem();

        use.Findings.ShouldBe([UseFinding.ThisAsking]);
    }

    [Fact]
    public void A_full_answer_of_the_hub_says_nothing_about_what_is_older()
    {
        var hub = Enumerable.Range(0, HubRecord.MostGiven).Select(_ => Hub("REQUEST") with { RequestId = Guid.NewGuid(), At = Noon, Requester = "tax-office" }).ToList();

        Join([Portal("ok:3") with { AskedAt = Noon.AddDays(-1) }], hub)[^1].Findings.ShouldBeEmpty();
        Join([Portal("ok:3") with { AskedAt = Noon.AddMinutes(2) }], hub)[0].Findings.ShouldBe([UseFinding.MissingAtHub]);
    }

    [Fact]
    public void Records_of_the_hub_are_read_one_by_one_and_what_cannot_be_read_is_left_out()
    {
        var read = HubRecord.Read(
        [
            Value("requestId", Request.ToString()), Value("event", "REQUEST"), Value("at", "2026-11-20T03:00:00.000Z"), Value("items", "a b"),
            Value("requestId", "nonsense"), Value("event", "DENY"),
            Value("requestId", Request.ToString()), Value("event", "PROVIDE"), Value("at", "2026-11-20T03:00:01.000Z"),
        ]);

        read.Select(record => record.Event).ShouldBe(["REQUEST", "PROVIDE"]);
        read[0].At.ShouldBe(Noon);
        read[0].Items.ShouldBe(["a", "b"]);
        read[1].Items.ShouldBeEmpty("nothing of the record before flows into it");
    }

    private static IReadOnlyList<UseOfData> Join(IReadOnlyList<PortalUse> portal, IReadOnlyList<HubRecord> hub) => new JoinUses("portal", Noon.AddHours(1), ThisAsking: null).Join(portal, hub);

    private static PortalUse Portal(string outcome) => new(Request, Noon, Noon.AddSeconds(1), outcome, "city", "row");

    private static HubRecord Hub(string what, string outcome = "OK") => new(Request, what, Noon, "portal", "city", "row", "見るため", ["one"], outcome);

    private static DatasetRecord Value(string item, string value) => new(item, value, DatasetType.Text);
}
