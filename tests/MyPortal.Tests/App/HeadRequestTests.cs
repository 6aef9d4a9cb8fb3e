using System.Net;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.App;

public sealed class HeadRequestTests
{
    [Theory]
    [InlineData("/"), InlineData("/login"), InlineData("/help"), InlineData("/inbox"), InlineData("/account"), InlineData("/no/such/page"), InlineData("/health/live"), InlineData("/css/base.css"),
     InlineData("/language?to=en&return=/help"), InlineData("/api/v1/message-keys"), InlineData("/api/v1/nothing")]
    public async Task HEAD_answers_like_GET_and_sends_no_body(string path)
    {
        await using var portal = await TestPortal.StartOnSocketAsync();
        using var stranger = portal.Browser();
        var citizen = (await portal.SignInAsync()).Browser;
        foreach (var browser in (HttpClient[])[stranger, citizen])
        {
            using var got = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await browser.SendAsync(request, TestContext.Current.CancellationToken);

            head.StatusCode.ShouldBe(got.StatusCode);
            head.Headers.Location.ShouldBe(got.Headers.Location);
            head.Content.Headers.ContentType.ShouldBe(got.Content.Headers.ContentType);
            (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("HEAD", null), InlineData("GET", "Sec-Purpose"), InlineData("GET", "Purpose")]
    public async Task What_nobody_asked_for_chooses_no_language(string verb, string? header)
    {
        await using var host = await LayoutHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/language?to=en");
        if (header is not null)
        {
            request.Headers.Add(header, "prefetch");
        }

        using var answer = await host.Browser().SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }
}
