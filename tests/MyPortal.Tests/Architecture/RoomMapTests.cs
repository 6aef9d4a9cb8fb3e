namespace MyPortal.Tests.Architecture;

public sealed class RoomMapTests
{
    private static readonly RoomMap Planted = new(typeof(RoomMapTests).Assembly.GetTypes(), typeof(RoomMapTests).Namespace + ".Planted");

    public static TheoryData<string> Rules => [.. CompiledRules.All.Select(rule => rule.Sentence)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_portal_keeps_the_rule(string sentence)
    {
        var rule = CompiledRules.All.Single(rule => rule.Sentence == sentence);

        rule.Find(RoomMap.OfPortal).Distinct().ShouldBeEmpty($"{sentence}, because {rule.Because}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_rule_fails_on_a_planted_violation(string sentence)
    {
        var rule = CompiledRules.All.Single(rule => rule.Sentence == sentence);

        rule.Find(Planted).Select(violation => violation.Culprit).Distinct(StringComparer.Ordinal).ShouldBe([rule.Planted]);
    }

    [Fact]
    public void The_arrows_are_those_of_the_document()
    {
        var (missing, vanished) = ArchitectureDocument.Read().Compare(RoomMap.OfPortal.Arrows());

        missing.ShouldBeEmpty("a new arrow needs a line 'A -> B: reason' in docs/architecture.md, or better no arrow");
        vanished.ShouldBeEmpty("the picture shows arrows the code no longer has; delete their lines in docs/architecture.md");
    }

    [Fact]
    public void The_rooms_are_those_of_the_document() =>
        ArchitectureDocument.Read().Rooms.Order(StringComparer.Ordinal).ShouldBe(
            RoomMap.OfPortal.Types.Select(RoomMap.OfPortal.RoomOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            "the room table of docs/architecture.md has one line for each room of the code");

    [Fact]
    public void No_rooms_use_each_other_in_a_circle() =>
        RoomMap.CirclesIn(RoomMap.OfPortal.Arrows()).ShouldBeEmpty("of two rooms that need each other, neither can be understood or changed alone");

    [Fact]
    public void A_planted_circle_is_found() =>
        RoomMap.CirclesIn([new("A", "B"), new("B", "C.Public"), new("C", "A"), new("A", "D")]).ShouldNotBeEmpty();

    [Fact]
    public void A_new_arrow_and_a_vanished_arrow_are_both_found()
    {
        var document = ArchitectureDocument.Parse(["## Arrows", "* -> Kernel: values", "Program -> *: contents", "Inbox -> Data: rows"]);

        var (missing, vanished) = document.Compare([new("Inbox", "Kernel"), new("Program", "App"), new("Inbox", "Audit")]);

        missing.ShouldBe([new Arrow("Inbox", "Audit")]);
        vanished.ShouldBe(["Inbox -> Data"]);
    }

    [Fact]
    public void Arrows_come_from_method_bodies_async_code_and_lambdas()
    {
        var arrows = Planted.Arrows();

        arrows.ShouldContain(new Arrow("Features.Inbox", "Features.Consents"));
        arrows.ShouldContain(new Arrow("Features.Inbox", "Features.Consents.Public"));
        arrows.ShouldContain(new Arrow("Data", "Features.Consents"));
    }
}
