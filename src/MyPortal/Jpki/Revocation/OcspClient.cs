using System.Net;
using System.Net.Http.Headers;

namespace MyPortal.Jpki.Revocation;

/// <summary>Carries one question to a responder (OCSP over HTTP, RFC 6960 appendix A) and counts what comes back.</summary>
internal static class OcspClient
{
    public const int LongestAnswer = 64 * 1024;

    /// <summary>Posts a request and reads the answer, whether its length is announced or not.</summary>
    /// <exception cref="HttpRequestException">No answer, another status than 200, another media type, or more than <see cref="LongestAnswer"/> bytes.</exception>
    /// <exception cref="IOException">The answer broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>> AskAsync(HttpClient http, Uri address, byte[] question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(question) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var isAnswer = response.StatusCode is HttpStatusCode.OK
            && string.Equals(response.Content.Headers.ContentType?.MediaType, "application/ocsp-response", StringComparison.OrdinalIgnoreCase);
        if (!isAnswer || response.Content.Headers.ContentLength > LongestAnswer)
        {
            throw new HttpRequestException("The answer is none of a responder.");
        }

        // One byte more than is allowed shows that there are more.
        var bytes = new byte[LongestAnswer + 1];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= LongestAnswer ? bytes.AsMemory(0, read) : throw new HttpRequestException("The answer is too long.");
    }
}
