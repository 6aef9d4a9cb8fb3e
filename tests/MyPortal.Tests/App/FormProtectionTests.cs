using System.Net;
using System.Text.RegularExpressions;

namespace MyPortal.Tests.App;

public sealed partial class FormProtectionTests
{
    [Theory]
    [InlineData("POST"), InlineData("PUT"), InlineData("PATCH"), InlineData("DELETE")]
    public async Task A_write_without_our_token_is_refused(string method)
    {
        await using var host = await LayoutHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/test/write");
        using var answer = await host.Browser().SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("送った内容は受け付けていません");
    }

    [Theory]
    [InlineData("/api/write"), InlineData("/card/t/write")]
    public async Task Programs_write_without_it(string path)
    {
        await using var host = await LayoutHost.StartAsync();
        using var answer = await host.Browser().PostAsync(path, null, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_of_our_own_page_is_accepted()
    {
        await using var host = await LayoutHost.StartAsync();
        using var page = await host.GetAsync("/", person: "Hanako");
        using var answer = await PostWithTokenOf(host, page, person: "Hanako");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_made_for_one_person_is_refused_from_another()
    {
        await using var host = await LayoutHost.StartAsync();
        using var page = await host.GetAsync("/", person: "Hanako");
        using var answer = await PostWithTokenOf(host, page, person: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task In_the_live_world_the_cookie_is_bound_to_this_host_and_to_https()
    {
        await using var host = await LayoutHost.StartAsync(mode: "Live");
        var browser = host.Browser(person: "Hanako");
        browser.BaseAddress = new Uri("https://localhost/");
        using var page = await browser.GetAsync("/", TestContext.Current.CancellationToken);

        var cookie = page.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax", customMessage: "an arrival from another site must not end the forms that are open");
    }

    private static async Task<HttpResponseMessage> PostWithTokenOf(LayoutHost host, HttpResponseMessage page, string? person)
    {
        var token = Token().Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups["token"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/test/write")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return await host.Browser(person: person).SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""__RequestVerificationToken" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
