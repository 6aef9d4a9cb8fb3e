using System.Text;

namespace MyPortal.CardAgent.Pages;

/// <summary>A whole page of the agent: frame, title and content. No script, no cookie, one style sheet of its own.</summary>
/// <param name="Language">Language of the page.</param>
/// <param name="Title">First part of the title, plain text.</param>
/// <param name="Content">Content of the main landmark, with the one h1.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="FormOrigin">Origin of the portal the page speaks of, besides the agent itself the only place forms may lead to.</param>
internal sealed record HtmlPage(Language Language, string Title, Html Content, int Status = StatusCodes.Status200OK, string? FormOrigin = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        if (FormOrigin is not null) response.Headers.ContentSecurityPolicy = PageSecurity.Policy(FormOrigin);
        return response.WriteAsync(Frame().ToString(), Encoding.UTF8, httpContext.RequestAborted);
    }

    private Html Frame()
    {
        var texts = Texts.In(Language);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{Language.HtmlLanguage}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Title} – {texts.Plain("agent.name")} – {texts.Plain("portal.name")}</title>
            <link rel="stylesheet" href="/agent.css">
            </head>
            <body>
            <a class="skip" href="#main">{texts["frame.skip"]}</a>
            <header><p>{texts["agent.name"]}</p></header>
            <main id="main" tabindex="-1">
            {Content}
            </main>
            <footer><p>{texts["frame.footer"]}</p></footer>
            </body>
            </html>

            """);
    }
}
