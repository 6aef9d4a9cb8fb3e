using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>People who use no mouse.</summary>
public sealed class KeyboardJourney(RunningProduct product)
{
    private const int MostStops = 80;

    [Theory]
    [MemberData(nameof(PageUnderTest.OfEachKind), MemberType = typeof(PageUnderTest))]
    public async Task Tab_reaches_everything_in_reading_order_and_shows_where_it_is(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product);
        var expected = await visit.Page.EvaluateAsync<string[]>(KeyboardScripts.Stops);

        var reached = new List<string>();
        foreach (var _ in expected)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await visit.Page.EvaluateAsync<string>(KeyboardScripts.Here));
        }

        expected.Length.ShouldBeGreaterThan(1);
        reached.ShouldBe(expected);
    }

    [Theory]
    [InlineData("home", false)]
    [InlineData("inbox", true)]
    public async Task The_skip_link_leads_past_the_header(string page, bool isPersonal)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product);
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.Locator(":focus")).ToHaveTextAsync("本文へ移動");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.Locator("main :focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Somebody_signs_in_and_reads_a_notice_without_a_mouse()
    {
        var card = product.Card(Cards.Reader);
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync("/");
        await PressEnterOnAsync(visit, visit.LogInLink());
        await PressEnterOnAsync(visit, visit.SubmitOf("/login/card/start"));
        await visit.FollowIntoNewTabAsync(() => PressEnterOnAsync(visit, visit.AgentLink()));

        await TabToAsync(visit, visit.Page.Locator("input[name='card']").First);
        await visit.Page.Keyboard.PressAsync("Space");
        for (var choice = 0; choice < product.Scenario.Cards.Count && !await visit.CardChoice(card.Id).IsCheckedAsync(); choice++)
        {
            await visit.Page.Keyboard.PressAsync("ArrowDown");
        }

        await TabToAsync(visit, visit.Page.Locator("input[name='pin']"));
        await visit.Page.Keyboard.TypeAsync(card.Pin);
        await visit.Page.Keyboard.PressAsync("Enter");
        await PressEnterOnAsync(visit, visit.WayBack());
        await PressEnterOnAsync(visit, visit.Page.Locator("header ~ nav a[href='/inbox']"));
        await PressEnterOnAsync(visit, visit.Page.Locator("main a[href^='/inbox/']").First);
        await Expect(visit.NoticeBody()).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("home", false, 0)]
    [InlineData("inbox", true, 0)]
    [InlineData("inbox", true, 1)]
    public async Task Menus_open_with_Enter_and_close_with_Escape(string page, bool isPersonal, int menu)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal).VisitAsync(product);
        var details = visit.Page.Locator("header details").Nth(menu);
        await TabToAsync(visit, details.Locator("summary"));

        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(details.Locator("a").First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(details.Locator("a").First).ToBeFocusedAsync();

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(details.Locator("a").First).ToBeHiddenAsync();
        await Expect(details.Locator("summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task After_an_error_the_reader_is_at_the_summary_and_goes_from_there_to_the_field()
    {
        await using var visit = await PageUnderTest.Named("name that is too long", isPersonal: true).VisitAsync(product);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("input[name='displayName']")).ToBeFocusedAsync();
    }

    private static async Task PressEnterOnAsync(Visit visit, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        await TabToAsync(visit, target);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(Visit visit, ILocator target)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await visit.Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"Tab does not reach {target} on {visit.Page.Url}.");
    }
}
