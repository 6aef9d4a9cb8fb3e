namespace MyPortal.Web;

/// <summary>Marks a request that asks for the headers of a page alone (HEAD); it runs as the GET it stands for.</summary>
internal sealed class HeadersOnly
{
    public static readonly HeadersOnly Mark = new();
}

/// <summary>Requests that nobody reads the answer of: a program asks whether a page is there, or a browser fetches ahead. They change nothing.</summary>
internal static class Looking
{
    /// <summary>Whether it is the answer to HEAD.</summary>
    public static bool WantsHeadersOnly(this HttpContext http) => http.Features.Get<HeadersOnly>() is not null || HttpMethods.IsHead(http.Request.Method);

    /// <summary>Whether a browser fetches ahead what the person may never open: <c>Sec-Purpose</c>, and <c>Purpose</c> of older browsers.</summary>
    public static bool LooksAhead(this HttpContext http) => IsPrefetch(http.Request.Headers["Sec-Purpose"]) || IsPrefetch(http.Request.Headers["Purpose"]);

    /// <summary>Whether the request must leave no trace of a person who read or decided.</summary>
    public static bool OnlyLooks(this HttpContext http) => http.WantsHeadersOnly() || http.LooksAhead();

    private static bool IsPrefetch(string? value) => value?.Contains("prefetch", StringComparison.OrdinalIgnoreCase) is true;
}
