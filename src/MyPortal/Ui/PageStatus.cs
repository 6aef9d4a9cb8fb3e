namespace MyPortal.Ui;

/// <summary>Lets a page answer with a status and its own words.</summary>
internal static class PageStatus
{
    public static void Set(HttpContext http, int status) =>
        // Not at once: a page that says 404 while it is rendered is thrown away for the general page.
        http.Response.OnStarting(() =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
}
