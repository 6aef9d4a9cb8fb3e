using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Configuration;
using MyPortal.Kernel;

namespace MyPortal.Tests.App;

public sealed partial class LayoutTests
{
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData("/", null), InlineData("/", "Hanako"), InlineData("/help", null), InlineData("/no/such/page", null), InlineData("/test/status/500", null)]
    public async Task Each_landmark_is_there_once_and_in_order(string path, string? person)
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync(path, person: person));

        page.QuerySelectorAll("body > header").Length.ShouldBe(1);
        page.QuerySelectorAll("main").Length.ShouldBe(1);
        page.QuerySelectorAll("body > footer").Length.ShouldBe(1);
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("nav").ShouldAllBe(nav => nav.HasAttribute("aria-label") || nav.HasAttribute("aria-labelledby"));
        page.QuerySelector("main h1")!.GetAttribute("tabindex").ShouldBe("-1");
    }

    [Theory]
    [InlineData("/"), InlineData("/help?a=b")]
    public async Task The_first_stop_leads_to_the_content_of_this_very_page(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        var first = Parse(await host.ReadAsync(path)).Body!.FirstElementChild!;

        first.GetAttribute("href").ShouldBe(path + "#main");
    }

    [Theory]
    [InlineData("/"), InlineData("/help"), InlineData("/no/such/page")]
    public async Task Nothing_on_a_page_needs_inline_code_or_another_host(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync(path, person: "Hanako"));

        page.QuerySelectorAll("style, [style], script:not([src]), iframe").ShouldBeEmpty();
        page.All.SelectMany(e => e.Attributes).ShouldAllBe(a => !a.Name.StartsWith("on", StringComparison.Ordinal));
        page.QuerySelectorAll("[src], link[href]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!).ShouldAllBe(a => !a.Contains("//"));
    }

    [Fact]
    public async Task Signed_out_there_is_a_way_in_and_no_service_navigation()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync("/"));

        page.QuerySelector("header a[href='/login']").ShouldNotBeNull();
        page.QuerySelector("nav.services").ShouldBeNull();
        page.QuerySelector("form").ShouldBeNull();
    }

    [Fact]
    public async Task Signed_in_the_person_is_named_and_can_leave_by_a_post()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync("/", person: Uri.EscapeDataString("山田 花子")));

        page.QuerySelector("header .menu-name")!.TextContent.ShouldBe("山田 花子");
        page.QuerySelector("header form[action='/logout'][method=post] button").ShouldNotBeNull();
        page.QuerySelector("nav.services a[href='/']")!.GetAttribute("aria-current").ShouldBe("page");
        page.QuerySelector("nav.services a[href='/inbox']")!.HasAttribute("aria-current").ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_narrow_navigation_leaves_out_is_in_the_menu()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync("/", person: "Hanako"));

        var menu = page.QuerySelector("header details.menu-account")!;
        menu.QuerySelector("summary")!.TextContent.ShouldContain("メニュー");
        var leftOut = page.QuerySelectorAll("nav.services li.wide-only a").Select(a => a.GetAttribute("href")!).ToArray();
        leftOut.ShouldNotBeEmpty();
        leftOut.ShouldBeSubsetOf(menu.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_sandbox_says_what_it_is()
    {
        await using var host = await LayoutHost.StartAsync();
        (await host.ReadAsync("/")).ShouldContain("練習用の世界");

        await using var live = await LayoutHost.StartAsync(mode: "Live");
        (await live.ReadAsync("/")).ShouldNotContain("練習用の世界");
    }

    [Fact]
    public void A_world_nobody_knows_does_not_start() =>
        Should.Throw<InvalidOperationException>(() => PortalSite.From(new ConfigurationBuilder().AddInMemoryCollection([new("Deployment:Mode", "Test")]).Build())).Message.ShouldContain("Deployment:Mode");

    [Theory]
    [InlineData("/"), InlineData("/help")]
    public async Task A_page_is_light(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        var html = await host.ReadAsync(path, language: "ja-Hira");
        var page = Parse(html);

        Zipped(html).ShouldBeLessThan(20 * Kilobyte);
        var styles = page.QuerySelectorAll("link[rel=stylesheet]").Select(l => "/" + l.GetAttribute("href")).ToArray();
        (await ZippedAsync(host, styles)).ShouldBeLessThan(20 * Kilobyte);
        var scripts = page.QuerySelectorAll("script[src]").Select(s => "/" + s.GetAttribute("src")).ToArray();
        (await ZippedAsync(host, [.. scripts.Where(s => !s.Contains("_framework"))])).ShouldBeLessThan(12 * Kilobyte);
        (1 + styles.Length + scripts.Length + page.QuerySelectorAll("link[rel=icon], img").Length).ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task Every_style_sheet_and_script_is_named_after_its_content()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = Parse(await host.ReadAsync("/"));

        page.QuerySelectorAll("link[rel=stylesheet], script").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)
            .ShouldAllBe(address => Fingerprinted().IsMatch(address));
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static async Task<int> ZippedAsync(LayoutHost host, string[] addresses)
    {
        var total = 0;
        foreach (var address in addresses)
        {
            total += Zipped(await host.ReadAsync(address));
        }

        return total;
    }

    private static int Zipped(string text)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return (int)target.Length;
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(css|js)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fingerprinted();
}
