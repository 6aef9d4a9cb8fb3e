using System.Net;
using System.Net.Sockets;

namespace MyPortal.Sandbox.Seeding;

/// <summary>The least of a browser: keeps cookies, follows redirects, sends the headers of a person who navigates.</summary>
internal sealed class CitizenBrowser : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true, ConnectCallback = DialAsync });

    /// <summary>Types an address.</summary>
    public Task<Page> OpenAsync(Uri address, CancellationToken cancellationToken) => LoadAsync(HttpMethod.Get, address, from: null, content: null, cancellationToken);

    /// <summary>Clicks a link of a page.</summary>
    public Task<Page> FollowAsync(Page from, Uri link, CancellationToken cancellationToken) => LoadAsync(HttpMethod.Get, link, from, content: null, cancellationToken);

    /// <summary>Fills in fields of a form and sends it.</summary>
    public async Task<Page> SubmitAsync(Page from, PageForm form, IReadOnlyDictionary<string, string> entries, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.Ordinal);
        foreach (var (name, value) in entries) fields[name] = value;
        using var content = new FormUrlEncodedContent(fields);
        return await LoadAsync(HttpMethod.Post, form.Action, from, content, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    // Browsers know that names below localhost mean this machine (RFC 6761); the resolver does not.
    private static async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            if (host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            else await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string SiteOf(Page? from, Uri address)
    {
        if (from is null) return "none";
        if (OriginOf(from.Address) == OriginOf(address)) return "same-origin";
        return from.Address.Host == address.Host ? "same-site" : "cross-site";
    }

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private async Task<Page> LoadAsync(HttpMethod method, Uri address, Page? from, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", "ja");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-User", "?1");
        request.Headers.Add("Sec-Fetch-Site", SiteOf(from, address));
        if (method == HttpMethod.Post && from is not null) request.Headers.Add("Origin", OriginOf(from.Address));

        using var answer = await http.SendAsync(request, cancellationToken);
        // Only the path: a query may hold a completion code.
        var arrived = answer.RequestMessage!.RequestUri!;
        var page = new Page(arrived, await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer.IsSuccessStatusCode ? page : throw new SeedingException($"{OriginOf(arrived)}{arrived.AbsolutePath} answered {(int)answer.StatusCode} 「{page.Heading}」.");
    }
}
