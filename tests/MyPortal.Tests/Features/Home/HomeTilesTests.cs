using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Tests.Fixtures;
using MyPortal.Ui;

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
