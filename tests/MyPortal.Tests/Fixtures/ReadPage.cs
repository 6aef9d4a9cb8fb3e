using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MyPortal.Tests.Fixtures;

/// <summary>Opens pages of a portal under test and reads them as a person does.</summary>
internal static class ReadPage
{
    /// <summary>A page in one language; any status but the expected one fails the test.</summary>
    public static async Task<IDocument> OpenAsync(this HttpClient browser, string path, string language = "ja-JP", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected, path);
        return await ParseAsync(answer);
    }

    /// <summary>Presses the button of a form, with other values where a person typed some.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient browser, IElement form, params (string Name, string Value)[] typed)
    {
        var fields = form.QuerySelectorAll("input").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }

    public static async Task<IDocument> ParseAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>What is read aloud, with single spaces.</summary>
    public static string Words(this IElement? element) =>
        string.Join(' ', element.ShouldNotBeNull().TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The words of the only h1.</summary>
    public static string Heading(this IDocument page) => page.QuerySelectorAll("h1").ShouldHaveSingleItem().Words();
}
