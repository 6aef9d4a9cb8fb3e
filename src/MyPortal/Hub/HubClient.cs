using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>What the hub said: a body with a proven signature, or its refusal.</summary>
internal sealed record HubReply(byte[] Body, HubProblem? Problem);

/// <summary>Sends signed messages to the hub over mutual TLS and checks the signature of each reply (docs/hub-protocol.md section 2).</summary>
internal sealed class HubClient(HttpClient http, HubOptions options, OrganisationKeys keys, RandomSource random, TimeProvider clock, ILogger<HubClient> logger)
{
    private const int LongestReply = 1024 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The hub's reply; null when there is none that the hub signed for this request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path with its leading slash.</param>
    /// <param name="body">Exact bytes of the body; empty for GET.</param>
    /// <param name="hubCertificate">The hub's signing certificate, where it is known; the very first call learns it from the reply.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<HubReply?> SendAsync(HttpMethod method, string path, byte[] body, byte[]? hubCertificate, CancellationToken cancellationToken)
    {
        var headers = new HubHeaders(options.Self, options.Id, keys.SigningKeyId, HubHeaders.Write(clock.GetUtcNow()), Base64Url.EncodeToString(random.Bytes(16)));
        using var request = new HttpRequestMessage(method, path);
        Write(request.Headers, headers, keys.Sign(HubBytes.OfRequest(headers, method.Method, path, body)));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var bytes = await ReadAsync(response, cancellationToken);
            if (!IsSignedReply(response, headers.Nonce, bytes, hubCertificate))
            {
                logger.LogWarning("A reply of the hub was refused: its signature, time or nonce is wrong");
                return null;
            }

            return response.IsSuccessStatusCode
                ? new HubReply(bytes, null)
                : new HubReply(bytes, JsonSerializer.Deserialize<HubProblem>(bytes, ContractJson.Options));
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or JsonException or CryptographicException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning("The hub gave no usable reply: {Reason}", exception.GetType().Name);
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(LongestReply, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
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

    private bool IsSignedReply(HttpResponseMessage response, string nonce, byte[] body, byte[]? hubCertificate)
    {
        string Read(string name) => response.Headers.TryGetValues(name, out var values) ? string.Concat(values) : "";
        var headers = new HubHeaders(Read("MYP-Sender"), Read("MYP-Receiver"), Read("MYP-Key"), Read("MYP-Time"), Read("MYP-Nonce"));
        if (headers.Sender != options.Id || headers.Receiver != options.Self || headers.Nonce != nonce
            || !DateTimeOffset.TryParse(headers.Time, System.Globalization.CultureInfo.InvariantCulture, out var time)
            || (time - clock.GetUtcNow()).Duration() > ClockSkew)
        {
            return false;
        }

        var certificate = hubCertificate ?? HubCertificateIn(body);
        return certificate is not null
            && headers.Key == OrganisationKeys.KeyIdOf(certificate)
            && keys.IsSignedBy(options.Id, certificate, HubBytes.OfReply(headers, (int)response.StatusCode, body), Convert.FromBase64String(Read("MYP-Signature")));
    }

    // The participant list carries the hub's own certificate. It proves itself by the organisation CA, so nothing is taken on trust.
    private byte[]? HubCertificateIn(byte[] body)
    {
        var publication = JsonSerializer.Deserialize<SignedPublication>(body, ContractJson.Options);
        var list = publication is null ? null : JsonSerializer.Deserialize<ParticipantList>(publication.Content, ContractJson.Options);
        return list?.Participants.FirstOrDefault(participant => participant.Id == options.Id)?.SigningCertificate;
    }
}
