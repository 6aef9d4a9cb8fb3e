using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MyPortal.Sandbox.Organisations;

/// <summary>A reply whose sender is proven.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Exact bytes.</param>
/// <param name="ErrorAt">Who refused.</param>
internal sealed record SignedReply(int Status, byte[] Body, string? ErrorAt)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>The reply is not one of the participant that was asked.</summary>
internal sealed class UntrustedReplyException : Exception
{
    public UntrustedReplyException()
    {
    }

    public UntrustedReplyException(string message)
        : base(message)
    {
    }

    public UntrustedReplyException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Code of a refusal that says why.</summary>
    public string Code { get; init; } = HubRefusal.SigInvalid;
}

/// <summary>How a participant asks others: mutual TLS, signed requests, checked replies.</summary>
internal sealed class SignedCaller(OrganisationKeys self, OrganisationTrust trust, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpClient> lines = new(StringComparer.Ordinal);

    /// <summary>Asks a participant that is already known.</summary>
    public Task<SignedReply> SendAsync(Peer peer, HttpMethod method, string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(peer.Id, new Uri(peer.Participant.Address), method, path, body, _ => peer, cancellationToken);

    /// <summary>Asks the hub for what tells who the hub is: the reply itself names the key, the CA vouches for it.</summary>
    /// <param name="receiver">Identifier of the receiver, also the common name of its TLS certificate.</param>
    /// <param name="address">Base address.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path.</param>
    /// <param name="body">Exact bytes; empty for none.</param>
    /// <param name="peerOf">Finds the receiver in the body of the reply; null when it is not there.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HttpRequestException">Nobody answers, or somebody without the right certificate.</exception>
    /// <exception cref="UntrustedReplyException">The signature, the time or the nonce of the reply is wrong.</exception>
    public async Task<SignedReply> SendAsync(string receiver, Uri address, HttpMethod method, string path, byte[] body, Func<byte[], Peer?> peerOf, CancellationToken cancellationToken)
    {
        var head = new MessageHead(self.Id, receiver, self.KeyId, HubTime.Write(clock.GetUtcNow()), MessageHead.FreshNonce());
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        foreach (var (name, value) in head.Headers(self.Sign(head.RequestBytes(method.Method, path, body)))) request.Headers.Add(name, value);
        if (body.Length > 0) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };

        using var response = await lines.GetOrAdd(receiver, NewLine).SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        Check(head, response, answer, peerOf);
        return new SignedReply((int)response.StatusCode, answer, Header(response, MessageHead.ErrorAtHeader));
    }

    public void Dispose()
    {
        foreach (var line in lines.Values) line.Dispose();
    }

    private void Check(MessageHead asked, HttpResponseMessage response, byte[] body, Func<byte[], Peer?> peerOf)
    {
        if (MessageHead.Read(name => Header(response, name)) is not { } head) throw new UntrustedReplyException("The reply carries no signature.");
        if (head.Sender != asked.Receiver || head.Receiver != self.Id || head.Nonce != asked.Nonce) throw new UntrustedReplyException("The reply is not meant for this request.");
        if (!head.IsTimely(clock)) throw new UntrustedReplyException("The reply is too old or from the future.") { Code = HubRefusal.ClockSkew };
        if (peerOf(body) is not { } peer || peer.Id != head.Sender || peer.KeyId != head.Key) throw new UntrustedReplyException("The reply is signed with a foreign key.");
        if (!peer.HasSigned(head.ReplyBytes((int)response.StatusCode, body), SignatureIn(response))) throw new UntrustedReplyException("The signature of the reply is wrong.");
    }

    private static byte[] SignatureIn(HttpResponseMessage response)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(Header(response, MessageHead.SignatureHeader) ?? "", bytes, out var written) && written is 64 ? bytes : [];
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.SingleOrDefault() : null;

    private HttpClient NewLine(string receiver) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [self.MutualTls],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => self.MutualTls,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is X509Certificate2 presented && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && trust.Vouches(presented, receiver, KeyPurpose.MutualTls),
        },
    });
}
