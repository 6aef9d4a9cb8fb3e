namespace MyPortal.Tests.App;

public sealed class PageHeadersTests
{
    [Theory]
    [InlineData("/"), InlineData("/help"), InlineData("/no/such/page"), InlineData("/test/crash"), InlineData("/language?to=en")]
    public async Task Every_answer_allows_only_our_own_code_and_is_not_kept(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("form-action 'self'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("Cache-Control").ShouldHaveSingleItem().ShouldBe("no-store");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldHaveSingleItem().ShouldBe("same-origin");
        answer.Headers.GetValues("Cross-Origin-Embedder-Policy").ShouldHaveSingleItem().ShouldBe("require-corp");
        answer.Headers.GetValues("X-Frame-Options").ShouldHaveSingleItem().ShouldBe("DENY");
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldHaveSingleItem().ShouldBe("same-origin");
        answer.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        answer.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem().ShouldBe("same-origin");
    }

    [Theory]
    [InlineData("/card/test"), InlineData("/CARD/Test")]
    public async Task The_way_back_from_the_card_app_tells_nobody_where_it_came_from(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync(path);

        answer.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem().ShouldBe("no-referrer");
    }

    [Fact]
    public async Task A_page_with_a_form_is_not_kept_either()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/", person: "Hanako");

        answer.Headers.Contains("Set-Cookie").ShouldBeTrue();
        answer.Headers.GetValues("Cache-Control").ShouldHaveSingleItem().ShouldBe("no-store");
    }

    [Fact]
    public async Task Style_sheets_may_be_kept()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/css/base.css");

        answer.EnsureSuccessStatusCode();
        answer.Headers.CacheControl!.NoStore.ShouldBeFalse();
    }
}
