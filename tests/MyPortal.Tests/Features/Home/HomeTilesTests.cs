using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Features.Home.Public;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Features.Home;

public sealed class HomeTilesTests
{
    [Theory]
    [InlineData(typeof(BreaksAtOnce)), InlineData(typeof(BreaksLater)), InlineData(typeof(BreaksWhileDrawing))]
    public async Task A_tile_that_breaks_says_so_and_takes_no_other_with_it(Type broken)
    {
        await using var portal = await TestPortal.StartAsync(configure: web => web.ConfigureTestServices(services => services.AddSingleton(new HomeTile(17, broken))));
        var hanako = await portal.SignInAsync();

        var page = await hanako.Browser.OpenAsync("/");

        page.QuerySelectorAll(".part-trouble").ShouldHaveSingleItem().Words().ShouldBe("ここだけ表示できませんでした。ほかの情報は使えます。");
        page.QuerySelectorAll(".tile h2").Select(title => title.Id).ShouldBe(["todo-title", "notices-title", "your-card-title", "watchers-title", "uses-title", "state-title"]);
    }

    [Fact]
    public async Task What_is_due_stands_on_the_home_page_the_nearest_day_first_and_leaves_when_it_was_read()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        (await hanako.Browser.OpenAsync("/")).QuerySelector("#due-title").ShouldBeNull();
        var code = await city.CodeOfAsync(hanako.Citizen);
        foreach (var (title, due) in new[] { ("あと", new DateOnly(2032, 2, 1)), ("さき", new DateOnly(2031, 1, 31)) })
        {
            using var posted = await city.PostAsync(TestSender.Letter(code, title) with { DueOn = due });
        }

        await city.SendAsync(hanako.Citizen, "期限なし");

        var tile = (await hanako.Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby=due-title]").ShouldNotBeNull();
        tile.QuerySelectorAll("li").Select(line => line.Words()).ShouldBe(["2031年1月31日まで さき", "2032年2月1日まで あと"]);

        await hanako.Browser.OpenAsync(tile.QuerySelector("li a")!.GetAttribute("href")!);
        (await hanako.Browser.OpenAsync("/")).QuerySelectorAll("section[aria-labelledby=due-title] li").ShouldHaveSingleItem().Words().ShouldContain("あと");
    }

    [Fact]
    public async Task The_home_page_knows_no_trouble_before_anybody_asked()
    {
        await using var portal = await TestPortal.StartAsync();

        var tile = (await (await portal.SignInAsync()).Browser.OpenAsync("/")).QuerySelector("section[aria-labelledby=state-title]");

        tile.Words().ShouldContain("すべて通常どおりです");
        portal.Hub.Paths.ShouldBeEmpty();
    }

    internal sealed class BreaksAtOnce : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("broken");
    }

    internal sealed class BreaksLater : ComponentBase
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("broken");
        }
    }

    internal sealed class BreaksWhileDrawing : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException("broken");
    }
}
