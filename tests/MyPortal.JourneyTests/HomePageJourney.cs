using Microsoft.Playwright;
using MyPortal.JourneyTests.Ground;

namespace MyPortal.JourneyTests;

public sealed class HomePageJourney(RunningProduct product)
{
    [Theory]
    [InlineData(320, true)]
    [InlineData(768, true)]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    public async Task Whoever_comes_sees_what_this_is_and_where_to_enter(int width, bool hasScript)
    {
        await using var visit = await product.VisitAsync("/", new Visitor(width, HasScript: hasScript));

        (await visit.Page.TitleAsync()).ShouldContain("マイ・ポータル");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await visit.PassesTheChecksOfEveryPageAsync();
    }

    [Fact]
    public void The_ready_file_names_every_party() =>
        product.World.ShouldSatisfyAllConditions(
            world => world.Cards.ShouldNotBeEmpty(),
            world => world.Cards.ShouldAllBe(card => card.Pin.Length == 4),
            world => world.Senders.ShouldNotBeEmpty());
}
