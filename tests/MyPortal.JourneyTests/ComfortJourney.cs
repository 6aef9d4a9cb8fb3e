using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;

namespace MyPortal.JourneyTests;

/// <summary>People who have told their browser what they need: no movement, their own colours, large or widely spaced letters.</summary>
public sealed class ComfortJourney(RunningProduct product)
{
    [Theory]
    [MemberData(nameof(PageUnderTest.OfEachKind), MemberType = typeof(PageUnderTest))]
    [InlineData("name that is too long", true)]
    public async Task Nothing_moves_for_whoever_wants_no_movement(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product, visitor: new Visitor { ReducedMotion = ReducedMotion.Reduce });

        (await visit.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('*')].flatMap(element => [null, '::before', '::after'].flatMap(part => {
              const style = getComputedStyle(element, part);
              const moves = style.animationName !== 'none' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0);
              return moves ? [`${element.tagName}${part ?? ''} ${element.className}`] : [];
            }))
            """)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(PageUnderTest.OfEachKind), MemberType = typeof(PageUnderTest))]
    [InlineData("name that is too long", true)]
    public async Task Colours_of_ones_own_leave_everything_readable(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product, visitor: new Visitor { ForcedColors = ForcedColors.Active });
        await using var blank = await product.VisitAsync(new Visitor { ForcedColors = ForcedColors.Active });

        (await PaintedWords.FaintAsync(visit.Page, blank.Page)).ShouldBeEmpty();
        (await visit.BarriersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_in_the_colour_of_their_ground_are_found()
    {
        await using var visit = await product.VisitAsync(new Visitor { ForcedColors = ForcedColors.Active });
        await using var blank = await product.VisitAsync(new Visitor { ForcedColors = ForcedColors.Active });
        await visit.GoToAsync("/help");

        await AddStyleAsync(visit, "h1 { forced-color-adjust: none; color: Canvas !important; background: Canvas !important }");

        (await PaintedWords.FaintAsync(visit.Page, blank.Page)).ShouldHaveSingleItem().ShouldBe((await visit.Page.Locator("h1").TextContentAsync())!.Trim());
    }

    [Theory]
    [MemberData(nameof(PageUnderTest.OfEachKind), MemberType = typeof(PageUnderTest))]
    [InlineData("name that is too long", true)]
    public async Task Letters_of_twice_the_size_need_no_sideways_scrolling(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product, visitor: new Visitor(Visitor.Phone));

        await AddStyleAsync(visit, "html { font-size: 200% !important }");

        (await visit.SidewaysAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(PageUnderTest.OfEachKind), MemberType = typeof(PageUnderTest))]
    [InlineData("name that is too long", true)]
    public async Task Wide_spacing_needs_no_sideways_scrolling_and_hides_no_words(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product, visitor: new Visitor(Visitor.Phone));

        // WCAG 2.2, success criterion 1.4.12.
        await AddStyleAsync(visit, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");

        (await visit.SidewaysAsync()).ShouldBeEmpty();
        (await visit.BarriersAsync()).ShouldBeEmpty();
    }

    // Not by a style element: the content security policy would refuse it.
    private static async Task AddStyleAsync(Visit visit, string css) => await visit.Page.EvaluateAsync(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet); }", css);
}
