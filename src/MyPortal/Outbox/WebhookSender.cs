using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MyPortal.Outbox;

/// <summary>How an attempt ended. The word is stored and shown to operators.</summary>
internal sealed record SendOutcome(string Word)
{
    /// <summary>The receiver wants no more (HTTP 410).</summary>
    public const string Gone = "http-410";

    public bool IsAcknowledged { get; init; }

    /// <summary>Trying again cannot help.</summary>
    public bool IsFinal => Word is Gone or AddressNotAllowed;

    /// <summary>The address is not one that may be registered.</summary>
    public const string AddressNotAllowed = "address-not-allowed";
}

/// <summary>
/// The line to other parties: posts signed JSON. Follows no redirect, uses no proxy, hands on no trace, dials only the address it has
/// checked, and reads nothing of an answer but its head.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly OutboxOptions options;
    private readonly MessageKey key;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public WebhookSender(OutboxOptions options, MessageKey key, TimeProvider clock)
    {
        (this.options, this.key, this.clock) = (options, key, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = DialAsync,
        })
        {
            Timeout = options.Timeout,
        };
    }

    /// <summary>Posts a message and says how it ended; only the end of the process interrupts it otherwise.</summary>
    public async Task<SendOutcome> SendAsync(Guid messageId, Uri address, byte[] body, CancellationToken cancellationToken)
    {
        if (!OutboundAddress.MayBeRegistered(address, options))
        {
            return new SendOutcome(SendOutcome.AddressNotAllowed);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MessageSignature.ContentType);
        foreach (var (name, value) in MessageSignature.HeadersFor(messageId, address, body, key, clock.GetUtcNow()))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new SendOutcome($"http-{(int)answer.StatusCode}") { IsAcknowledged = answer.IsSuccessStatusCode };
        }
        catch (HttpRequestException exception)
        {
            return new SendOutcome(WordFor(exception));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome("timeout");
        }
    }

    public void Dispose() => http.Dispose();

    private static string WordFor(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException } => "address-refused",
        { InnerException: AuthenticationException } => "tls-refused",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "name-unknown",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls-refused",
        { HttpRequestError: HttpRequestError.ConnectionError } => "unreachable",
        _ => "broken-answer",
    };

    // The name is looked up here and the very address that was checked is dialled: a second look-up could answer differently.
    private async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(found, address => options.AllowLocalAddresses || OutboundAddress.IsPublic(address));
        if (allowed.Length is 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressRefusedException() : IOException("The name leads to no address that may be called.");
}
