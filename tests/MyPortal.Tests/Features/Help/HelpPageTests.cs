using AngleSharp.Html.Parser;
using MyPortal.Tests.App;

namespace MyPortal.Tests.Features.Help;

public sealed class HelpPageTests
{
    [Fact]
    public async Task Every_entry_of_the_contents_leads_to_a_heading()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = new HtmlParser().ParseDocument(await host.ReadAsync("/help"));

        var entries = page.QuerySelectorAll("nav.contents a");
        entries.Length.ShouldBe(page.QuerySelectorAll(".help section > h2[id]").Length);
        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(e => page.QuerySelector($"h2#{e.GetAttribute("href")!.Split('#')[1]}") != null);
    }

    [Fact]
    public async Task The_contacts_are_marked_as_examples()
    {
        await using var host = await LayoutHost.StartAsync();
        (await host.ReadAsync("/help")).ShouldContain("かけてもつながりません");
    }
}
