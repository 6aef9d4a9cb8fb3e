using MyPortal.Features.Consents.Keeping;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class ConsentListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Requests_of_one_instant_are_all_listed_whatever_the_size_of_a_page(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        for (var number = 0; number < 5; number++)
        {
            await midori.BringAsync(hanako.Browser);
        }

        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await midori.BringAsync(hanako.Browser);

        List<Guid> seen = [];
        ListPosition? next = null;
        do
        {
            var page = await portal.Get<ListConsents>().ExecuteAsync(hanako.Viewer, new ConsentQuery(ConsentTab.Requests, next) { PageSize = 2 }, Token);
            seen.AddRange(page.Rows.Select(row => row.Id));
            next = page.Older;
        }
        while (next is not null);

        seen.Count.ShouldBe(6);
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task A_long_list_goes_on_by_its_links_and_an_empty_page_beyond_the_end_leads_to_the_newest()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        for (var number = 0; number < 21; number++)
        {
            await midori.BringAsync(hanako.Browser);
        }

        var first = await hanako.Browser.OpenAsync("/consents");
        var older = await hanako.Browser.OpenAsync(first.QuerySelectorAll("nav.older-newer a").ShouldHaveSingleItem().GetAttribute("href")!);
        var beyond = await hanako.Browser.OpenAsync($"/consents?tab=requests&before={new ListPosition(DateTimeOffset.UnixEpoch, Guid.Empty)}");

        first.QuerySelectorAll(".notice-row").Length.ShouldBe(20);
        older.QuerySelectorAll(".notice-row").ShouldHaveSingleItem();
        beyond.QuerySelector(".empty-state h2").Words().ShouldBe("この先には何もありません");
        beyond.QuerySelector(".empty-state a")!.GetAttribute("href").ShouldBe("/consents?tab=requests");
    }

    [Fact]
    public async Task Who_reads_english_is_told_what_a_business_said_only_in_japanese()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal, "みどり電力");
        var hanako = await portal.SignInAsync();
        var address = await midori.BringAsync(hanako.Browser);

        var card = (await hanako.Browser.OpenAsync(address, "en")).QuerySelector(".consent-card").ShouldNotBeNull();
        var row = (await hanako.Browser.OpenAsync("/consents", "en")).QuerySelector(".notice-row").ShouldNotBeNull();

        card.QuerySelector("h2").Words().ShouldStartWith("みどり電力 (in Japanese)");
        card.QuerySelector("label[for=item-opened]").Words().ShouldStartWith("開いたかどうか (in Japanese)");
        card.QuerySelector(".consent-reason").Words().ShouldContain("これがないと届けられません (in Japanese)");
        card.Words().ShouldNotContain("To deliver meter readings and bills (in Japanese)");
        row.QuerySelector("h2").Words().ShouldBe("みどり電力 (in Japanese)");
        (await hanako.Browser.OpenAsync(address)).QuerySelector(".said-in").ShouldBeNull();
    }
}
