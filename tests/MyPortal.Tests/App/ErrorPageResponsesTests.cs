using System.Net;

namespace MyPortal.Tests.App;

public sealed class ErrorPageResponsesTests
{
    [Theory]
    [InlineData(400, "送った内容を受け取れませんでした")]
    [InlineData(401, "このページを見ることはできません")]
    [InlineData(403, "このページを見ることはできません")]
    [InlineData(404, "ページが見つかりません")]
    [InlineData(410, "このページは終わりました")]
    [InlineData(418, "送った内容を受け取れませんでした")]
    [InlineData(429, "いま混み合っています")]
    [InlineData(500, "うまく表示できませんでした")]
    [InlineData(503, "いまお休みしています")]
    public async Task A_bare_status_becomes_a_page_with_a_way_on(int status, string heading)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync($"/test/status/{status}");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(status);
        page.ShouldContain($"<h1 tabindex=\"-1\">{heading}</h1>");
        page.ShouldNotContain("入力した内容", customMessage: "nothing was entered");
        page.Contains("変わっていません", StringComparison.Ordinal).ShouldBe(status >= 500, "whoever only read is told so where the trouble is ours");
        page.ShouldContain("次にすること");
        page.ShouldContain("伝える番号");
        page.ShouldContain("/help#contact");
    }

    [Fact]
    public async Task An_address_nobody_knows_is_not_found()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/no/such/page");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("<title>ページが見つかりません – マイ・ポータル</title>");
        page.ShouldContain("このアドレスのページはありません");
    }

    [Fact]
    public async Task A_crash_is_told_in_the_visitors_language_and_without_its_cause()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/test/crash", language: "en", person: "Hanako");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        page.ShouldContain("Something went wrong");
        page.ShouldNotContain("planted");
        page.ShouldNotContain("Hanako", customMessage: "it must lean on nothing that may have failed");
    }

    [Theory]
    [InlineData("/api/crash", HttpStatusCode.InternalServerError, "server.failed"), InlineData("/api/nothing", HttpStatusCode.NotFound, "request.unknown-address"), InlineData("/API/Nothing", HttpStatusCode.NotFound, "request.unknown-address"),
     InlineData("/api", HttpStatusCode.NotFound, "request.unknown-address"), InlineData("/card/t/nothing", HttpStatusCode.NotFound, "request.unknown-address")]
    public async Task Programs_get_problem_details_with_a_code(string path, HttpStatusCode status, string code)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = path.EndsWith("crash", StringComparison.Ordinal)
            ? await host.Browser().PostAsync(path, null, TestContext.Current.CancellationToken)
            : await host.GetAsync(path);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        problem.ShouldNotContain("planted");
        problem.ShouldContain($"\"code\":\"{code}\"");
    }

    [Theory]
    [InlineData("GET"), InlineData("PUT"), InlineData("DELETE"), InlineData("PATCH"), InlineData("OPTIONS"), InlineData("BREW")]
    public async Task A_verb_that_an_address_does_not_take_is_refused_with_those_it_takes(string verb)
    {
        await using var host = await LayoutHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/api/write");
        using var answer = await host.Browser().SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("request.wrong-method");
    }

    [Fact]
    public async Task Who_may_not_see_a_page_still_has_the_way_to_the_others()
    {
        await using var host = await LayoutHost.StartAsync();
        var page = await host.ReadAsync("/test/status/403", person: "Hanako");

        page.ShouldContain("aria-label=\"サービス\"");
    }

    [Theory]
    [InlineData("/test/pages/crash"), InlineData("/test/pages/late-crash")]
    public async Task A_page_that_crashes_while_it_is_drawn_is_replaced(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("うまく表示できませんでした");
    }

    [Theory]
    [InlineData("/test/pages/nothing"), InlineData("/test/pages/late-nothing")]
    public async Task A_page_may_find_that_there_is_nothing(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.ShouldContain("ページが見つかりません");
        page.ShouldNotContain("half a page");
    }

    [Fact]
    public async Task The_sign_of_life_needs_nothing()
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.GetAsync("/health/live");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
