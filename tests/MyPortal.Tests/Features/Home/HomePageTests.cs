using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Tests.App;
using MyPortal.Tests.Fixtures;
using MyPortal.Ui;

namespace MyPortal.Tests.Features.Home;

public sealed class HomePageTests
{
    [Fact]
    public async Task A_stranger_learns_what_this_is_and_has_two_ways_in()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = new HtmlParser().ParseDocument(await host.ReadAsync("/"));
        var main = page.QuerySelector("main").ShouldNotBeNull();

        page.Title.ShouldBe("ホーム – マイ・ポータル");
        page.Heading().ShouldBe("大切なお知らせが、ひとつの受信箱に届きます");
        main.QuerySelector("h1 + .lead").Words().ShouldStartWith("市区町村などの行政と、あなたが選んだ会社からのお知らせを受け取る、あなた専用のページです。");
        main.QuerySelectorAll(".promises h3").Select(title => title.Words()).ShouldBe(["受け取る", "選ぶ", "守る"]);
        main.QuerySelectorAll("a.button").Select(way => (way.Words(), way.GetAttribute("href"))).ShouldBe([("ログイン", "/login"), ("はじめて使う", "/enrol")]);
        var warning = main.QuerySelectorAll(".card-warning").ShouldHaveSingleItem();
        warning.QuerySelector("p").Words().ShouldContain("メールもSMSも送りません");
        warning.QuerySelector("a").ShouldNotBeNull().GetAttribute("href").ShouldBe("/help#mail");
    }

    [Fact]
    public async Task A_person_without_tiles_is_told_that_nothing_waits()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = await host.ReadAsync("/", person: Uri.EscapeDataString("山田 花子"));

        page.ShouldContain("<h1 tabindex=\"-1\">山田 花子さんのページ</h1>");
        page.ShouldContain("いま対応が必要なものはありません");
    }

    [Fact]
    public async Task Tiles_stand_in_their_order()
    {
        await using var host = await LayoutHost.StartAsync(s => s
            .AddSingleton(new HomeTile(20, typeof(SecondTile)))
            .AddSingleton(new HomeTile(10, typeof(FirstTile))));
        var page = await host.ReadAsync("/", person: "Hanako");

        page.IndexOf("first tile", StringComparison.Ordinal).ShouldBeInRange(1, page.IndexOf("second tile", StringComparison.Ordinal));
        page.ShouldNotContain("いま対応が必要なものはありません");
    }

    [Theory]
    [InlineData(typeof(BrokenTile)), InlineData(typeof(LateBrokenTile))]
    public async Task A_tile_that_fails_fails_alone(Type broken)
    {
        await using var host = await LayoutHost.StartAsync(s => s
            .AddSingleton(new HomeTile(10, broken))
            .AddSingleton(new HomeTile(20, typeof(SecondTile))));
        using var answer = await host.GetAsync("/", person: "Hanako");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        page.ShouldContain("ここだけ表示できませんでした");
        page.ShouldContain("second tile");
        page.ShouldNotContain("planted");
    }

    private sealed class FirstTile : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "first tile");
    }

    private sealed class SecondTile : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "second tile");
    }

    private sealed class BrokenTile : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("planted");
    }

    private sealed class LateBrokenTile : ComponentBase
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("planted");
        }
    }
}
