using System.Buffers.Text;
using System.Net.Http.Headers;
using MyPortal.Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>What the hub said: a body with a proven signature, or its refusal.</summary>
internal sealed record HubReply(byte[] Body, HubProblem? Problem);

/// <summary>Sends signed messages to the hub over mutual TLS and checks the signature of each reply (docs/hub-protocol.md section 2).</summary>
internal sealed class HubClient(HttpClient http, HubOptions options, OrganisationKeys keys, RandomSource random, TimeProvider clock, HubHealth condition)
{
    private const int LongestReply = 1024 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PauseBeforeRepeat = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// As <see cref="SendAsync"/>, and once more when nothing usable came: for calls that may arrive twice. A hub that restarts in the
    /// middle of a request then costs a moment instead of an answer.
    /// </summary>
    public async Task<HubReply?> SendOrRepeatAsync(HttpMethod method, string path, byte[] body, byte[]? hubCertificate, CancellationToken cancellationToken)
    {
        if (await SendAsync(method, path, body, hubCertificate, cancellationToken) is { } reply)
        {
            return reply;
        }

        await Task.Delay(PauseBeforeRepeat, clock, cancellationToken);
        return await SendAsync(method, path, body, hubCertificate, cancellationToken);
    }

    /// <summary>The hub's reply; null when there is none that the hub signed for this request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path with its leading slash.</param>
    /// <param name="body">Exact bytes of the body; empty for GET.</param>
    /// <param name="hubCertificate">The hub's signing certificate, where it is known; the very first call learns it from the reply.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<HubReply?> SendAsync(HttpMethod method, string path, byte[] body, byte[]? hubCertificate, CancellationToken cancellationToken)
    {
        var headers = new HubHeaders(options.Self, options.Id, keys.SigningKeyId, HubHeaders.Write(clock.GetUtcNow()), Base64Url.EncodeToString(random.Bytes(16)));
        using var request = new HttpRequestMessage(method, path);
        Write(request.Headers, headers, keys.Sign(SignatureInput.OfRequest(headers, method.Method, path, body)));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(LongestReply, cancellationToken);
            var reply = Check(response, headers.Nonce, await response.Content.ReadAsByteArrayAsync(cancellationToken), hubCertificate);
            condition.Report(hasAnswered: reply is not null);
            return reply;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            condition.Logger.LogWarning("The hub gave no usable reply: {Reason}", exception.GetType().Name);
            condition.Report(hasAnswered: false);
            return null;
        }
    }

    private static void Write(HttpRequestHeaders target, HubHeaders headers, byte[] signature)
    {
        target.Add("MYP-Sender", headers.Sender);
        target.Add("MYP-Receiver", headers.Receiver);
        target.Add("MYP-Key", headers.Key);
        target.Add("MYP-Time", headers.Time);
        target.Add("MYP-Nonce", headers.Nonce);
        target.Add("MYP-Signature", Convert.ToBase64String(signature));
    }

    private HubReply? Check(HttpResponseMessage response, string nonce, byte[] body, byte[]? hubCertificate)
    {
        var problem = response.IsSuccessStatusCode ? null : HubJson.ReadOrNull<HubProblem>(body);
        if (!response.IsSuccessStatusCode && problem is null)
        {
            return Refused("it is no answer of the protocol");
        }

        string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        var headers = new HubHeaders(Header("MYP-Sender"), Header("MYP-Receiver"), Header("MYP-Key"), Header("MYP-Time"), Header("MYP-Nonce"));
        if (headers.Sender != options.Id || headers.Receiver != options.Self || headers.Nonce != nonce)
        {
            return Refused("it is not for this request");
        }

        if (HubHeaders.ReadTimeOrNull(headers.Time) is not { } time)
        {
            return Refused("it says no time");
        }

        // Before the first list of participants the key behind a refusal is unknown. The connection still proves the hub, and a refusal
        // shows nothing and changes nothing: it only tells the person what to wait for.
        var certificate = hubCertificate ?? HubCertificateIn(body);
        if (certificate is null ? problem is null : !IsSigned(headers, (int)response.StatusCode, body, certificate, Header("MYP-Signature")))
        {
            return Refused("its signature is wrong");
        }

        if ((time - clock.GetUtcNow()).Duration() > ClockSkew)
        {
            condition.Logger.LogWarning("The clocks of hub and portal differ by more than a minute");
            return new HubReply([], new HubProblem("CLOCK_SKEW", options.Id, Retryable: false));
        }

        return new HubReply(body, problem);
    }

    private bool IsSigned(HubHeaders headers, int status, byte[] body, byte[] certificate, string signature)
    {
        var bytes = new byte[64];
        return headers.Key == OrganisationKeys.KeyIdOf(certificate)
            && Convert.TryFromBase64String(signature, bytes, out var written) && written is 64
            && keys.IsSignedBy(options.Id, certificate, SignatureInput.OfReply(headers, status, body), bytes);
    }

    private HubReply? Refused(string reason)
    {
        condition.Logger.LogWarning("A reply of the hub was refused: {Reason}", reason);
        return null;
    }

    // The participant list carries the hub's own certificate. It proves itself by the organisation CA, so nothing is taken on trust.
    private byte[]? HubCertificateIn(byte[] body) =>
        HubJson.ReadOrNull<SignedPublication>(body) is { } publication && HubJson.ReadOrNull<ParticipantList>(publication.Content) is { } list
            ? list.Participants.FirstOrDefault(participant => participant?.Id == options.Id)?.SigningCertificate
            : null;
}
